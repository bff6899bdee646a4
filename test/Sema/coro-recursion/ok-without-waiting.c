// RUN: %coro %cflags -O1 -c -o %t.o -Xclang -verify %s
// Ordinary recursion, and calls in a circle that wait nowhere, are fine; so is
// a pointer, which has the size of its frame on its declaration.
// expected-no-diagnostics
#include <coro/coro.h>

int plain(int n) { return n ? plain(n - 1) + 1 : 0; }
int even(int n);
int odd(int n) { return n ? even(n - 1) : 0; }
int even(int n) { return n ? odd(n - 1) : 1; }

yields int leaf(int n) {
  coro_suspend();
  return plain(n) + odd(n);
}
yields int twice(int n) { return leaf(n) + leaf(n + 1); }
yields int diamond(int n) { return twice(n) + leaf(n); }

yields int not_evaluated(int n) {
  coro_suspend();
  return n + (int)sizeof(not_evaluated(n));
}
