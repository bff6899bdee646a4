// REQUIRES: gdb
// RUN: %coro -g -O0 %s %rt -o %t
// RUN: gdb -batch -nx -ex "set debuginfod enabled off" -ex "break stop" -ex run -ex bt -ex "up 1" -ex "info args" -ex "info symbol $pc" %t 2>/dev/null | %filecheck %s
// The debugger shows of a copy what it is, and its parameters; so does the
// symbol table, for profiles.
#include <coro/coro.h>

void stop(void) {}

static yields int slow(int n) {
  coro_yield_now();
  return n;
}
yields_as(f) static int map(int (*f)(int), int wait) {
  int got = f(wait);
  stop();
  return f ? got + wait : 0;
}
static yields int run(int n) { return map(slow, n); }
int main(void) { return coro_block_on(run, 3) != 6; }

// CHECK: #0 {{.*}}stop ()
// CHECK-NEXT: #1 {{.*}} map<slow> (f={{.*}}slow{{.}}coro{{.*}}, wait=3)
// CHECK-NEXT: #2 {{.*}} run (
// CHECK: wait = 3
// CHECK: map<slow>{{.}}poll{{.*}} in section .text
