// RUN: %coro %cflags -O1 -c -o %t.o -Xclang -verify %s
// Every cycle goes through a function that says coro_boxed, each call of that
// one through coro_try_box; and sizes of tasks are constants as ever.
// expected-no-diagnostics
#include <coro/coro.h>

coro_boxed yields int even(int n);
static yields int odd(int n) {
  int r = 0;
  return n && coro_try_box(&r, even, n - 1) ? r : 0;
}
yields int even(int n) { return n ? odd(n - 1) : 1; }
_Static_assert(sizeof(coro_task(even)) < 128, "contains no frame of its own");

// From outside of the cycle a boxed function is called like any other.
yields int outside(int n) { return even(n) + odd(n); }
_Static_assert(sizeof(coro_task(outside)) >= sizeof(coro_task(even)),
               "embeds them");

// A box is for any function that yields.
static yields int leaf(int n) {
  coro_suspend();
  return n;
}
yields int boxes_a_leaf(int n) {
  int r = 0, *where = &r, other[1];
  void *anywhere = &r;
  coro_try_box(where, leaf, n);
  coro_try_box(anywhere, leaf, n);
  coro_try_box(0, leaf, n);
  return coro_try_box(other, leaf, n) ? r + other[0] : leaf(n);
}

// A figure of eight through the boxed function.
coro_boxed yields int middle(int n);
yields int left(int n) {
  int r = 0;
  return coro_try_box(&r, middle, n) ? r : 1;
}
yields int right(int n) {
  int r = 0;
  return coro_try_box(&r, middle, n) ? r : 1;
}
yields int middle(int n) { return n ? left(n - 1) + right(n - 2) : 0; }
