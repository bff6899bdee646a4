// REQUIRES: llvm22
// RUN: %coro -fdefer-ts -fsyntax-only -Xclang -verify %s
// The same of _Defer, whose block is written in the function itself; and a
// catch in it does not leave a loop around it.
#include <coro/coro.h>

raises(int) int parse(const char *text); // expected-note {{'parse' is declared with 'raises(int)' here}}

raises(int) int user(int n) {
  for (;;) {
    _Defer {
      coro_try {
        n = parse("");
        coro_raise(n);
      }
      coro_catch(int, e) {
        for (;;)
          break;
        break; // expected-error {{'break' stands in a coro_catch or a _Defer, and no loop in it or around it is left by that [coro-raise]}}
      }
    }
    _Defer n = parse(""); // expected-error {{'parse' may raise, and in 'user' it runs where a scope is left}}
    _Defer {
      coro_raise(1); // expected-error {{'coro_raise' may raise, and in 'user' it runs where a scope is left}}
    }
    return n;
  }
}
