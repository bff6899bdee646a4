// RUN: %oracle %s
// RUN: %coro -fexceptions -O0 %s %rt -o %t && %t | %filecheck %s
// RUN: %coro -fexceptions -O2 %s %rt -o %t && %t | %filecheck %s
// ORACLE-FLAGS: -fexceptions
// Where cleanups make calls that may unwind: a join among variables with
// cleanups, which run once and in their order.
#include <coro/coro.h>
#include <stdio.h>

#ifdef CORO_ERASE_EFFECTS
int main(void) {
  puts("a0\nb0\nleave 1\nb1\nleave 2\nany 1\nleave 3\nleave 4\n5\nleave 5");
}
#else

static void leave(int *n) { printf("leave %d\n", *n); }
#define GUARD(n) __attribute__((cleanup(leave), unused)) int guard##n = n

static yields int count(const char *name, int n) {
  GUARD(1);
  guard1 = n;
  for (int i = 0; i < n; i++) {
    printf("%s%d\n", name, i);
    coro_yield_now();
  }
  return n;
}

// CHECK: a0
// CHECK-NEXT: b0
// CHECK-NEXT: leave 1
// CHECK-NEXT: b1
// CHECK-NEXT: leave 2
// CHECK-NEXT: any 1
// CHECK-NEXT: leave 3
// CHECK-NEXT: leave 4
// CHECK-NEXT: 5
// CHECK-NEXT: leave 5
static yields int all(void) {
  GUARD(4);
  coro_task(count) a, b;
  coro_start(&a, count, "a", 1);
  coro_start(&b, count, "b", 2);
  {
    GUARD(3);
    coro_join(&a, &b);
    printf("any %d\n", coro_any(&b) + 1);
  }
  return a.result + b.result + 2;
}

int main(void) {
  GUARD(5);
  printf("%d\n", coro_block_on(all));
}
#endif
