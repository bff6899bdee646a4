// RUN: %oracle %s
// Arrays of variable length and alloca that are dead before each suspension,
// although the scope of some lasts longer; variably modified parameters.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

static yields int wait(int n) {
  coro_yield_now();
  return n;
}

static yields int before(int n) {
  int sum = 0;
  {
    int vla[n + 1];
    for (int i = 0; i <= n; i++)
      vla[i] = i * n;
    sum = vla[n] + (int)sizeof vla;
  }
  sum += wait(sum);
  char big[n * 10 + 1];
  memset(big, 1, sizeof big);
  return sum + big[n * 10] +
         *(char *)memset(__builtin_alloca((size_t)n + 8), n, (size_t)n + 8);
}

static yields int in_loop(int n) {
  int sum = 0;
  for (int i = 1; i < n; i++) {
    int vla[i];
    for (int j = 0; j < i; j++)
      vla[j] = sum + j;
    sum += vla[i - 1];
    coro_yield_now();
    if (i % 3 == 0)
      continue;
    if (sum > 5000)
      break;
  }
  return sum;
}

static yields int constant_alloca(int n) {
  char *p = __builtin_alloca(16);
  int *q = NULL;
  strcpy(p, "kept");
  if (n & 1) {
    q = __builtin_alloca(4 * sizeof(int));
    for (int i = 0; i < 4; i++)
      q[i] = i + n;
  }
  coro_yield_now();
  p[0] = 'K';
  coro_yield_now();
  return p[0] + p[3] + (q ? q[0] * q[3] : 0);
}

static yields int matrix(int n, int m[n][n]) {
  int sum = 0;
  for (int i = 0; i < n; i++) {
    coro_yield_now();
    for (int j = 0; j < n; j++)
      sum = sum * 3 + m[i][j];
    int (*row)[n] = &m[i];
    coro_yield_now();
    (*row)[0] += sum & 7;
  }
  return sum + (int)sizeof(m[0]);
}

static yields int types(int n) {
  typedef int row[n + 2];
  unsigned long size = sizeof(row);
  n += wait(5);
  row *none = NULL;
  coro_yield_now();
  return (int)(size + sizeof(*none)) + n;
}

static int grow(int n) {
  char used[n * 16 + 1];
  memset(used, n, sizeof used);
  return used[n];
}
static yields int many_turns(int n) {
  int sum = 0;
  for (int i = 0; i < 20000; i++) {
    char vla[(i & 255) + 64];
    vla[63] = (char)i;
    sum += vla[63] + grow(n);
    if (i % 1000 == 0)
      coro_yield_now();
  }
  return sum;
}

int main(void) {
  int m[4][4] = {{1, 2, 3, 4}, {5, 6, 7, 8}, {9}, {0, 1}};
  for (int n = 0; n < 8; n++)
    printf("%d %d %d %d %d\n", coro_block_on(before, n),
           coro_block_on(in_loop, n * 10), coro_block_on(constant_alloca, n),
           coro_block_on(matrix, 4, m), coro_block_on(types, n));
  printf("%d\n", coro_block_on(many_turns, 3));
}
