// RUN: %coro -fsyntax-only -Xclang -verify %s
// Another name would need the parts and the descriptor under that name too.
#include <coro/coro.h>

yields int target(int n) {
  coro_suspend();
  return n;
}
yields int alias(int n) __attribute__((alias("target"))); // expected-error {{a function with 'alias' cannot yield}}
