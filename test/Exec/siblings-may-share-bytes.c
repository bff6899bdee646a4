// RUN: %oracle %s
// Buffers of scopes that are never open together, with pointers into them that
// go round a loop; values written in one turn and read two turns later.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

__attribute__((noinline)) static void stamp(char *p, int size, int with) {
  memset(p, with, (size_t)size);
}

static yields int delayed(int n) {
  int a = 1, b = 2, c = 3, sum = 0;
  for (int i = 0; i < n; i++) {
    char first[24];
    stamp(first, 24, i);
    coro_yield_now();
    c = b;
    b = a;
    a = first[i % 24];
    {
      char second[40];
      stamp(second, 40, i + 1);
      coro_yield_now();
      sum = sum * 3 + c + second[i];
    }
    {
      char third[32];
      stamp(third, 32, i + 2);
      coro_yield_now();
      sum += third[31] * c + first[0];
    }
  }
  return sum;
}

// A pointer that points into this scope, the outer one, or nowhere.
static yields int carried(int n) {
  int outer[4] = {1, 2, 3, 4};
  int *at = NULL;
  int sum = 0;
  for (int i = 0; i < n; i++) {
    int inner[4] = {i, i + 1, i + 2, i + 3};
    at = i % 3 == 0 ? &outer[i % 4] : i % 3 == 1 ? &inner[i % 4] : NULL;
    {
      int block[4];
      memset(block, i, sizeof block);
      coro_yield_now();
      if (at)
        *at += block[0] & 7;
    }
    {
      long other[2] = {sum, i};
      long *in = at ? &other[i & 1] : &other[1];
      coro_yield_now();
      sum += (int)*in + (at ? *at : 9);
    }
    sum = sum * 5 + inner[i % 4] + outer[i % 4];
  }
  return sum;
}

static yields int either(int n, int *p) {
  int a = n, b = n + 1, c = n + 2;
  int *q = n & 1 ? &a : n & 2 ? &b : p;
  int *r = n & 4 ? &c : q;
  coro_yield_now();
  *q += 10;
  coro_yield_now();
  *r += 100;
  int *s = *r > 105 ? q : r;
  coro_yield_now();
  *s += 1000;
  return a + 3 * b + 5 * c + 7 * *p;
}

static yields int early_addresses(int n) {
  struct {
    int head;
    struct {
      char pad[3];
      int deep[4];
    } in;
  } s = {n, {{1, 2, 3}, {n, n, n, n}}};
  int *deep = &s.in.deep[n & 3];
  unsigned long as_number = (unsigned long)&s.in.deep[1];
  char *bytes = (char *)&s;
  int (*array)[4] = &s.in.deep;
  coro_yield_now();
  *deep += 1;
  *(int *)as_number += 2;
  bytes[0] ^= 4;
  coro_yield_now();
  (*array)[2] += 8;
  *(int *)(as_number + sizeof(int) * 2) += 16;
  return s.head + s.in.deep[0] + 3 * s.in.deep[1] + 5 * s.in.deep[2] +
         7 * s.in.deep[3] + (deep == &s.in.deep[n & 3]);
}

int main(void) {
  for (int n = 0; n < 12; n++) {
    int own = n * 11;
    printf("%d %d %d %d %d\n", coro_block_on(delayed, n),
           coro_block_on(carried, n), coro_block_on(either, n, &own), own,
           coro_block_on(early_addresses, n));
  }
}
