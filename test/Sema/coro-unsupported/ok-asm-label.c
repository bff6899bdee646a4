// REQUIRES: x86_64
// RUN: %coro %cflags -O0 -c -o %t.o %s
// RUN: %coro %cflags -O2 -c -o %t.o %s
// A label is fine where it ends up in one place, or may be in many.
#include <coro/coro.h>

yields int before(int n) {
  __asm__ volatile("label_before: nop");
  coro_suspend();
  return n;
}
yields int between(int n) {
  coro_suspend();
  __asm__ volatile("label_between: nop # : no: label");
  coro_suspend();
  return n;
}
yields int flattens_neither(int n) { return before(n) + between(n); }

yields int local(int n) {
  for (int i = 0; i < n; ++i) {
    __asm__ volatile("1: nop; jmp 2f\n 2: nop; movl %%fs:0, %%eax" ::: "eax");
    __asm__ volatile("numbered%=: nop" ::);
    coro_suspend();
  }
  return n;
}
