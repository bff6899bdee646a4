// REQUIRES: x86_64
// RUN: %coro -mgeneral-regs-only -fsyntax-only -Xclang -verify %s
// An interrupt handler returns to where it came from.
#include <coro/coro.h>

__attribute__((interrupt)) yields void handler(void *frame) { // expected-error {{a function with 'interrupt' cannot yield}}
  (void)frame;
  coro_suspend();
}
