// RUN: %coro -fsyntax-only -Xclang -verify %s
// What a generic is given may raise only where the generic says so; what it
// raises passes through to callers that say it.
#include <coro/coro.h>

struct ops {
  int (*get)(int);
};
raises(int) int may(int n); // expected-note {{'may' is declared with 'raises(int)' here}}
raises(long) int other(int n);
yields int slow(int n) coro_frame(64);
int plain(int n);

yields_as(f) static int waits(int (*f)(int), int n) { return f(n); } // expected-note {{'waits' is declared here}}
raises_as(f) static int map(int (*f)(int), int n) { return f(n); }   // expected-note {{'map' is declared here}}
raises(int) raises_as(f) static int own(int (*f)(int), int n) {      // expected-note {{'own' is declared here}}
  if (n)
    coro_raise(n);
  return f(n);
}
raises_as(f) static int tries(int (*f)(int), int n) {
  coro_try {
    n = f(n);      // expected-error {{'tries' calls its argument in a coro_try or a _Defer, and what that raises only its callers know; put the coro_try around their calls [coro-generic]}}
    n = map(f, n); // expected-error {{'tries' calls its argument in a coro_try}}
  }
  coro_catch(int, e) {
    n = e;
  }
  return n;
}
raises_as(f) yields_as(g) int two(int (*f)(int), int (*g)(int)); // expected-error {{'raises_as(f)': it is not what yields_as(g) names}}
raises_as(n) int flag(int n);                                    // expected-error {{'raises_as(n)': an integer does not say what is raised}}

raises(int) int user(int n) {
  n += waits(may, n); // expected-error {{'waits' is given 'may', which raises, and does not say that it does the same; declare it with 'raises_as(f)' [coro-generic]}}
  n += map(may, n) + map(plain, n) + own(plain, n) + own(may, n);
  return n + own(other, n); // expected-error {{'own' calls 'other', which may raise 'long', and itself raises 'int'}}
}
yields int waiting(int n) {
  return map(slow, n); // expected-error {{'map' is given 'slow', which yields, and does not say that it does the same; declare it with 'yields_as(f)'}}
}
int silent(int n) {
  n += map(plain, n);
  return map(may, n); // expected-error {{'silent' calls 'map', which may raise 'int', and itself does not say so}} expected-note {{'map' raises in this call because 'may' does}}
}
