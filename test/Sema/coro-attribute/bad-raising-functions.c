// RUN: %coro -std=c17 -fsyntax-only -Xclang -verify %s
// What cannot go with raises.
#include <coro/coro.h>

raises(int) __attribute__((nothrow)) int nothrow_one(void);     // expected-error {{a function with 'nothrow' cannot raise: a call that raises does more than it promises [coro-attribute]}}
raises(int) __attribute__((const)) int const_one(int n);        // expected-error {{a function with 'const' cannot raise: a call that raises does more than it promises}}
raises(int) __attribute__((pure)) int pure_one(int n);          // expected-error {{a function with 'pure' cannot raise}}
raises(int) __attribute__((constructor)) void at_start(void) {} // expected-error {{a function with 'constructor' cannot raise: whoever calls it looks for no error}}
raises(int) __attribute__((destructor)) void at_end(void) {}    // expected-error {{a function with 'destructor' cannot raise}}
raises(int) __attribute__((naked)) void naked(void) {}          // expected-error {{a function with 'naked' cannot raise}}
raises(int) int variadic(int n, ...);                           // expected-error {{a function with '...' cannot raise: where an error goes is an argument, which va_arg would count}}
raises(int) int old();                                          // expected-error {{a function that raises needs a prototype: 'old' says nothing of its parameters; write 'old(void)' where it has none}}
raises(int) int real(void) { return 1; }
int other(void) __attribute__((alias("real")));            // expected-error {{a function with 'alias' cannot raise: an alias has no signature of its own}}
raises(int) int same(void) __attribute__((alias("real"))); // expected-error {{a function with 'alias' cannot raise}}
raises(int) __attribute__((noreturn, noinline, cold)) void good(int n) { coro_raise(n); }
