// RUN: %coro -fsyntax-only -Wall -Wextra -Xclang -verify %s
// RUN: %clang -fsyntax-only -Wall -Wextra -DCORO_ERASE_EFFECTS -Xclang -verify %s
// What clang says of the address of a local in a plain function, it says in one
// that yields, and of the results of calls that wait.
#include <coro/coro.h>

yields int *of_a_local(void) {
  int n = 1;
  coro_yield_now();
  // expected-warning@+1 {{address of stack memory associated with local variable 'n' returned}}
  return &n;
}
yields int *of_an_argument(int n) {
  coro_yield_now();
  // expected-warning@+1 {{address of stack memory associated with parameter 'n' returned}}
  return &n;
}
yields int *of_an_array(int i) {
  int array[3] = {1, 2, 3};
  coro_yield_now();
  // expected-warning@+1 {{address of stack memory associated with local variable 'array' returned}}
  return array + i;
}
yields const int *of_a_literal(int n) {
  coro_yield_now();
  // expected-warning@+1 {{address of stack memory associated with compound literal}}
  return (const int[]){n};
}
static yields int *identity(int *p) {
  coro_yield_now();
  return p;
}
yields int *uninitialised(int n) {
  // expected-note@+1 {{initialize the variable 'p' to silence this warning}}
  int *p;
  // expected-note@+2 {{remove the 'if' if its condition is always true}}
  // expected-warning@+1 {{variable 'p' is used uninitialized whenever 'if' condition is false}}
  if (n)
    p = identity(&n);
  coro_yield_now();
  return p; // expected-note {{uninitialized use occurs here}}
}
