// RUN: %oracle %s
// Calls that wait, as arguments of calls that wait; the same function as callee
// and as argument. What an earlier argument gave must survive the later ones.
#include <coro/coro.h>
#include <stdio.h>

static yields unsigned add(unsigned a, unsigned b, unsigned c) {
  coro_yield_now();
  unsigned sum = a * 100 + b * 10 + c;
  coro_yield_now();
  return sum;
}

static yields unsigned one(unsigned n) {
  for (unsigned i = 0; i < n; i++)
    coro_yield_now();
  return n;
}

CORO_ALLOW("coro-unused-effect")
static yields unsigned at_once(unsigned n) { return n; }

static yields unsigned deep(unsigned n) {
  unsigned left = add(one(n), add(one(1), at_once(2), one(3)), at_once(n));
  unsigned right =
      add(at_once(n), one(n + 1), add(n, one(2), add(1, one(1), n)));
  unsigned chosen = n % 2 ? one(left) : add(right, one(1), left);
  if (one(n % 3) && (at_once(n % 2) || one(n % 5)))
    chosen += add(chosen, left, right);
  return chosen ^ left ^ right;
}

int main(void) {
  for (unsigned n = 0; n < 8; n++)
    printf("%u\n", coro_block_on(deep, n));
}
