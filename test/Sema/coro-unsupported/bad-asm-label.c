// REQUIRES: x86_64
// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// Code that is reached both with and without a suspension is compiled twice.
#include <coro/coro.h>

yields int in_a_loop(int n) {
  for (int i = 0; i < n; ++i) {
    __asm__ volatile("nop\n again: nop"); // expected-error {{the label 'again' in assembly of 'in_a_loop' would be defined twice: this code is reached with and without a suspension before it, and compiled for both; use a local label (1: and 1b), or end its name in %= [coro-unsupported]}}
    coro_suspend();
  }
  return n;
}

yields int perhaps(int n) {
  if (n)
    coro_suspend();
  __asm__ volatile("nop; joined : nop"); // expected-error {{the label 'joined' in assembly of 'perhaps' would be defined twice}}
  return n;
}
