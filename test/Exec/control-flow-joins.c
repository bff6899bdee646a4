// RUN: %oracle %s
// Values that meet at joins: swapped round loops, chosen by conditions that
// wait in every arm, from cases that share a block.
#include <coro/coro.h>
#include <stdio.h>

static yields int wait(int n) {
  coro_yield_now();
  return n;
}

static yields unsigned rotate(unsigned n) {
  unsigned a = 1, b = 2, c = 3, d = 4;
  for (unsigned i = 0; i < n; i++) {
    unsigned t = a;
    a = b;
    b = c;
    if (i % 3)
      coro_yield_now();
    c = d;
    d = t + i;
    if (i % 5 == 4)
      continue;
    if (i % 7 == 6) {
      t = a, a = d, d = t;
      coro_yield_now();
    }
  }
  return a + b * 10 + c * 100 + d * 1000;
}

static yields int tree(int n) {
  return (n & 1 ? wait(n & 2 ? wait(1) : 2) : wait(3)) *
             (n & 4 ? (wait(n & 8) && wait(n & 16)) || wait(n & 1) : wait(5)) +
         (wait(n & 2) ? n
                      : (wait(n & 4)   ? 7
                         : wait(n & 8) ? 8
                                       : wait(9)));
}

static yields int shared_cases(int n) {
  int x = n, y = 0;
  switch (n) {
  case 1:
  case 5:
  case 9:
    x = wait(11);
    break;
  case 2:
    y = wait(3);
  case 3:
    x += wait(y);
  case 7:
  case 8:
    y += x;
    break;
  case 4:
    if (wait(n))
      goto other;
  default:
    y = 77;
  other:
    coro_yield_now();
    x -= y;
  }
  return x * 100 + y;
}

// No loop header: two blocks that jump at each other, entered at either.
static yields int irreducible(int n) {
  int a = 0, b = 0;
  if (n & 1)
    goto second;
first:
  a++;
  coro_yield_now();
  if (a + b > n)
    return a * 100 + b;
second:
  b += 2;
  if (b % 3)
    coro_yield_now();
  if (a * b > 3 * n)
    goto third;
  goto first;
third:
  coro_yield_now();
  a += 5;
  if (n & 2)
    goto second;
  goto first;
}

// Both arms begin alike; a wait whose result both arms use.
static yields int same_arms(int n) {
  int r;
  if (n & 1) {
    coro_yield_now();
    r = wait(n) + 1;
  } else {
    coro_yield_now();
    r = wait(n) + 2;
  }
  coro_yield_now();
  for (int i = 0; i < 4; i++) {
    if (r & 1) {
      r = wait(r) * 3 + 1;
      continue;
    }
    r = wait(r) / 2;
  }
  return r;
}

// A loop with two back edges and a nest left from the inside.
static yields int many_exits(int n) {
  int r = 0;
  for (int i = 0;; i++) {
    for (int j = 0; j < 5; j++) {
      for (int k = j; k < 5; k++) {
        r += i * j + k;
        if (wait(r) > 40 * n)
          goto out;
        if (r % 11 == 3)
          goto next;
        if (r % 7 == 2)
          break;
      }
      coro_yield_now();
    }
  next:
    if (i > n)
      return -r;
  }
out:
  return r;
}

int main(void) {
  for (int n = 0; n < 32; n++)
    printf("%u %d %d %d %d %d\n", coro_block_on(rotate, (unsigned)n),
           coro_block_on(tree, n), coro_block_on(shared_cases, n),
           coro_block_on(irreducible, n), coro_block_on(same_arms, n),
           coro_block_on(many_exits, n));
}
