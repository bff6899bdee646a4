// REQUIRES: x86_64
// RUN: %coro -O2 -fno-asynchronous-unwind-tables -S %s -o - | %filecheck %s
// A call that may raise costs a comparison and a branch, one that does writes
// the error where it is caught; no table and no unwinder.
#include <coro/coro.h>

raises(int) int parse(const char *text);
raises(int) void check(const char *text);

// CHECK-LABEL: sum:
// CHECK: callq parse
// CHECK-NEXT: testb %dl, %dl
// CHECK-NEXT: j{{n?}}e
raises(int) int sum(const char *text) { return parse(text) + 1; }

// CHECK-LABEL: checks:
// CHECK: callq check
// CHECK-NEXT: testb %al, %al
// CHECK-NEXT: j{{n?}}e
raises(int) int checks(const char *text) {
  check(text);
  return 1;
}

// CHECK-LABEL: fail:
// CHECK-NEXT: # %bb.0:
// CHECK-DAG: movl $5, (%rdi)
// CHECK-DAG: movb $1, %dl
// CHECK: retq
raises(int) int fail(void) { coro_raise(5); }

// What is caught where it is raised is a jump.
// CHECK-LABEL: known:
// CHECK-NEXT: # %bb.0:
// CHECK-NEXT: movl $7, %eax
// CHECK-NEXT: retq
int known(void) {
  coro_try { (void)fail(); }
  coro_catch(int, e) { return e + 2; }
  return 0;
}

// CHECK-NOT: personality
// CHECK-NOT: except_table
// CHECK-NOT: _Unwind
