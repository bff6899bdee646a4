// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -fplugin-arg-coro-no-fuse -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -g -c -o %t.o -Xclang -verify %s
// The line is the user's, also where the suspension is in a callee.
#include <coro/coro.h>

void use(void *);
static yields int waits(int n) {
  coro_suspend();
  return n;
}

yields int caller(int n) {
  char a[n]; // expected-error {{array or alloca of 'caller' is alive across a suspension}}
  use(a);
  n = waits(n);
  use(a);
  return n;
}
