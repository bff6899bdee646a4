// RUN: %oracle %s
// RUN: %coro -O1 -fexceptions -fsanitize=address,undefined -fno-sanitize-recover=all %s %rt -o %t
// RUN: %t
// ORACLE-EXPECTS: 10 10
// ORACLE-EXPECTS: 20 20
// ORACLE-EXPECTS: 90 90
// ORACLE-EXPECTS: 0 0 1 4 9 =5
// ORACLE-EXPECTS: 57 57
// Generators that also wait, nested and consumed by functions that wait in the
// loop's body, beside the same numbers from plain loops.
#include <coro/coro.h>
#include <stdio.h>

yields yields_of(int) static void slow(int n) {
  for (int i = 0; i < n; i++) {
    coro_yield_now();
    coro_yield(i);
    coro_yield_now();
  }
}
yields yields_of(int) static int twice(int n) {
  slow(n);
  coro_yield_now();
  slow(n);
  return 5;
}
yields_of(int) static void count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
yields static int plus(int a, int b) {
  coro_yield_now();
  return a + b;
}
// The value itself waits.
yields yields_of(int) static void sums(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(plus(i, i) + plus(2 * i, plus(i, 4 * i)));
}
yields yields_of(int) static int squares(int n) {
  coro_for(int x, slow, n) {
    coro_yield_now();
    coro_yield(x * x);
    if (x == 3)
      return n;
    coro_for(int y, count, x == 0) {
      coro_yield_now();
      coro_yield(y);
    }
  }
  return 0;
}

yields static int total(int n) {
  int sum = 0;
  coro_for(int x, slow, n) {
    sum += x;
    coro_yield_now();
  }
  return sum;
}
yields static int total_twice(int n) {
  int sum = 0;
  coro_for(int x, twice, n) sum = plus(sum, x);
  return sum;
}
yields static int total_of_sums(int n) {
  int sum = 0;
  coro_for(int x, sums, n) sum += x;
  return sum;
}
yields static int by_hand(void) {
  coro_task(squares) t;
  coro_start(&t, squares, 5);
  while (coro_next(&t))
    printf("%d ", t.yielded);
  printf("=%d\n", t.result);
  return coro_next(&t);
}
yields static int nested(int n) {
  int sum = 0;
  coro_for(int x, count, n) {
    coro_for(int y, slow, n) {
      if (y == x)
        break;
      coro_yield_now();
      sum = plus(sum, x + y);
      if (x == 4)
        goto next;
    }
    coro_yield_now();
  next:;
  }
  return sum;
}
static int plainly(int n) {
  int sum = 0;
  for (int x = 0; x < n; x++)
    for (int y = 0; y < x; y++) {
      sum += x + y;
      if (x == 4)
        break;
    }
  return sum;
}

int main(void) {
  printf("%d %d\n", coro_block_on(total, 5), 0 + 1 + 2 + 3 + 4);
  printf("%d %d\n", coro_block_on(total_twice, 5), 2 * (0 + 1 + 2 + 3 + 4));
  printf("%d %d\n", coro_block_on(total_of_sums, 5), 9 * (0 + 1 + 2 + 3 + 4));
  coro_block_on(by_hand);
  printf("%d %d\n", coro_block_on(nested, 6), plainly(6));
  return 0;
}
