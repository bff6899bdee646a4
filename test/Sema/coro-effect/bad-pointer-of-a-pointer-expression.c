// RUN: %coro -fsyntax-only -Xclang -verify %s
// What a call reaches must be known to wait, and how large its frame is.
#include <coro/coro.h>

yields int a(int n) { // expected-note 1+ {{'a' is declared here}}
  coro_suspend();
  return n;
}
yields int b(int n) { // expected-note 0+ {{'b' is declared here}}
  coro_suspend();
  return n;
}

yields int either(int n) {
  return (n ? a : b)(1); // expected-error {{the frame of this call's callee has no known size}}
}
yields int statement(void) {
  return ({ a; })(1); // expected-error {{the frame of this call's callee has no known size}}
}
