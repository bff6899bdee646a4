// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// An assembler name can be anything, also what a coroutine is compiled to.
#include <coro/coro.h>

int function_of_a_start(void) __asm__("f.start");
int function_of_a_start(void) { return 1; }
int variable_of_a_descriptor __asm__("g.coro") = 1;
int only_declared(int) __asm__("h.poll");
int calls(void) { return only_declared(1); }

yields int f(int n) { // expected-error {{'f' yields and is compiled to 'f.start' among others}}
  coro_suspend();
  return n;
}
yields int g(int n) { // expected-error {{'g' yields and is compiled to 'g.coro' among others}}
  coro_suspend();
  return f(n);
}
yields int h(int n) { // expected-error {{'h' yields and is compiled to 'h.poll' among others}}
  coro_suspend();
  return n;
}
void *address(void) {
  static yields int (*p)(int) coro_frame(64) = g;
  return &p;
}
