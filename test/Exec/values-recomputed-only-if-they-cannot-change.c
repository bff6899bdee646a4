// RUN: %oracle %s
// What was computed before a suspension from memory that changes meanwhile
// stays what it was.
#include <coro/coro.h>
#include <stdio.h>

static int global = 5, divisor = 3;
static volatile int vol = 2;
static int table[8] = {1, 2, 3, 4, 5, 6, 7, 8};
static int *moving = table;

static yields void change(int n) {
  coro_yield_now();
  global += n;
  divisor = 0;
  vol++;
  moving = &table[n & 3];
  table[2] ^= n;
}

static yields long derived(int n, int *p, unsigned shift) {
  int twice = global * 2;
  int plus = global + n;
  int quotient = n / divisor;
  int remainder = n % divisor;
  int before = vol + 1;
  int *at = moving + 1;
  int element = moving[1] + 1;
  int through = *p + 1;
  long wide = (long)*p + 3;
  unsigned shifted = (unsigned)n << shift;
  unsigned back = shifted >> (shift / 2);
  char narrow = (char)(n * 77);
  unsigned char low = (unsigned char)(through + 250);
  _Bool less = *p < n;
  double d = (double)*p / 4;
  int index = table[2];
  int *indexed = &table[index & 7];
  change(n);
  *p += 100;
  long sum = twice + plus + quotient * 3 + remainder * 5 + before * 7;
  coro_yield_now();
  sum = sum * 3 + element + through + wide + (at - table) + (indexed - table);
  n = -n;
  p = &global;
  shift = 0;
  coro_yield_now();
  sum = sum * 3 + back + narrow + low + less + (long)(d * 4) + n + *p;
  divisor = 3;
  return sum + (long)shift;
}

static yields int chain(int a, int b) {
  int c = a + b, d = c ^ a, e = d - 3, f = e << 2, g = f | 1;
  coro_yield_now();
  a = g + b;
  coro_yield_now();
  int h = c + d + e + f + g;
  b += h;
  coro_yield_now();
  return a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g + h;
}

static yields int in_loops(int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) {
    int next = i + 1, square = i * i, *p = &table[i & 7];
    coro_yield_now();
    for (int j = next; j < n; j++) {
      int mixed = j * 2 + square;
      coro_yield_now();
      *p += mixed & 3;
      sum += mixed - next;
    }
    sum += *p;
  }
  return sum;
}

int main(void) {
  for (int n = 1; n < 9; n++) {
    int own = n * 3;
    printf("%ld %d %d %d\n",
           coro_block_on(derived, n * 13, &own, (unsigned)(n % 5)), own,
           coro_block_on(chain, n, n + 4), coro_block_on(in_loops, n));
  }
}
