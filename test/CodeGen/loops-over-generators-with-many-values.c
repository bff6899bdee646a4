// RUN: %coro -O2 -emit-llvm -S %s -o - | %filecheck %s
// REQUIRES: llvm22
// Where a generator has several coro_yield, each gets a copy of the loop's body
// and the state is no more.
#include <coro/coro.h>

void use(const char *text, int n);

static yields_of(const char *) void three(void) {
  coro_yield("a");
  coro_yield("b");
  coro_yield("c");
}
static yields_of(int) void count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
static yields_of(int) void around(int n) {
  count(n);
  coro_yield(-1);
  count(2 * n);
  coro_yield(-2);
}

// CHECK-LABEL: define{{.*}} @straight(
// CHECK-NEXT: call void @use(ptr {{.*}}, i32 {{.*}}0)
// CHECK-NEXT: call void @use(ptr {{.*}}, i32 {{.*}}1)
// CHECK-NEXT: call void @use(ptr {{.*}}, i32 {{.*}}2)
// CHECK-NEXT: ret void
void straight(void) {
  int n = 0;
  coro_for(const char *s, three) use(s, n++);
}

// CHECK-LABEL: define{{.*}} @looped(
// CHECK-NOT: alloca
// CHECK-NOT: switch
// CHECK-NOT: phi i8
// CHECK: }
void looped(int n) { coro_for(int x, around, n) use("", x); }
