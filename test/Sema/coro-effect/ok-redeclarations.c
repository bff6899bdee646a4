// RUN: %coro %cflags -fsyntax-only -Xclang -verify %s
// Said once, on the first declaration, it holds for all of them.
// expected-no-diagnostics
#include <coro/coro.h>

yields int said_once(int n);
int said_once(int n) {
  coro_suspend();
  return n;
}

yields yields int said_twice(int n);
yields int said_twice(int n) { return said_once(n); }

typedef int number(int);
yields number by_typedef;
int by_typedef(int n) { return said_twice(n); }

int after(int n) yields;
int after(int n) { return by_typedef(n); }

int yields between(int n) { return after(n); }

yields int one(int n), two(int n);
yields int one(int n) { return between(n); }
yields int two(int n) { return one(n); }
