// REQUIRES: x86_64
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// The output of asm goto is written on an edge; no store can follow it there.
#include <coro/coro.h>

yields int jumps(void) {
  int n;
  __asm__ goto("# %0 %l1" : "=r"(n) : : : away); // expected-error {{an output of asm goto that is alive across a suspension in 'jumps'}}
  coro_suspend();
  return n;
away:
  coro_suspend();
  return n + 1;
}
