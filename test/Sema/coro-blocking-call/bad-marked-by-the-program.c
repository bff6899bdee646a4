// RUN: %coro -fsyntax-only -Xclang -verify %s
// coro_blocking on functions and on pointers to them, in each spelling.
#include <coro/coro.h>

// expected-note@+1 {{'query' blocks because of this declaration}}
coro_blocking int query(int n);
int query(int n);
// expected-note@+1 {{'ask' blocks because of this declaration}}
[[coro::blocking]] int ask(int n);
// expected-note@+1 {{'demand' blocks because of this declaration}}
__attribute__((__coro_blocking__)) int demand(int n);
// expected-note@+1 {{'through' blocks because of this declaration}}
typedef coro_blocking int (*blocking_function)(int n);

struct ops {
  // expected-note@+1 {{'call' blocks because of this declaration}}
  coro_blocking int (*call)(int n);
  int (*quick)(int n);
};

yields int all(const struct ops *ops, blocking_function through) {
  // expected-warning@+1 {{'query' blocks the thread, and 'all' yields: let another thread make the call, with coro_offload [coro-blocking-call]}}
  int n = query(1);
  // expected-warning@+1 {{'ask' blocks the thread}}
  n += ask(1);
  // expected-warning@+1 {{'demand' blocks the thread}}
  n += demand(1);
  // expected-warning@+1 {{'call' blocks the thread}}
  n += ops->call(1);
  n += ops->quick(1);
  // expected-warning@+1 {{'through' blocks the thread}}
  n += through(1);
  coro_suspend();
  return n;
}
