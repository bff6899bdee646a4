// RUN: %coro -fsyntax-only -Xclang -verify %s
// Where a refusal can be raised, a call that closes a cycle may be a plain one.
// expected-no-diagnostics
#include <coro/coro.h>

coro_boxed raises(coro_error)
yields int itself(int n) {
  coro_suspend();
  return n ? itself(n - 1) + 1 : 0;
}

coro_boxed yields int caught(int n) {
  coro_try {
    return n ? caught(n - 1) + 1 : 0;
  }
  coro_catch(enum coro_error, e) {
    return -e;
  }
}

coro_boxed yields void a(int n);
raises(coro_error) yields void b(int n) { a(n - 1); }
yields void a(int n) {
  coro_try {
    if (n)
      b(n);
  }
  coro_catch(coro_error, e) {
    (void)e;
  }
}

raises(coro_error) yields int pointer(yields int (*p)(int)) { return p(1); }
