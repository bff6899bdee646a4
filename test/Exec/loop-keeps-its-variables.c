// RUN: %oracle %s
// Variables of nested loops live across suspensions in each of them, and each
// iteration has its own.
#include <coro/coro.h>
#include <stdio.h>

static yields long triangle(int rows) {
  long sum = 0;
  for (int i = 0; i < rows; i++) {
    int row = 0;
    coro_yield_now();
    for (int j = 0; j <= i; j++) {
      int cell = i * j;
      if (cell % 3 == 1)
        continue;
      coro_yield_now();
      row += cell;
      if (row > 500)
        break;
    }
    printf("%d: %d\n", i, row);
    sum = sum * 31 + row;
  }
  return sum;
}

// Swapped at every turn: each new value is needed together with an old one.
static yields unsigned fibonacci(unsigned n) {
  unsigned a = 0, b = 1;
  while (n--) {
    unsigned next = a + b;
    a = b;
    coro_yield_now();
    b = next;
  }
  return a;
}

int main(void) {
  printf("%ld\n", coro_block_on(triangle, 12));
  for (unsigned n = 0; n < 20; n++)
    printf("%u\n", coro_block_on(fibonacci, n));
  return (int)coro_block_on(triangle, 5) & 63;
}
