// RUN: %oracle %s
// RUN: %coro -O1 -fsanitize=address,undefined -fno-sanitize-recover=all %s %rt -o %t
// RUN: %t
// ORACLE-EXPECTS: 0 differ
// ORACLE-EXPECTS: 0 1 4 9 16 25 36
// ORACLE-EXPECTS: 500500
// ORACLE-EXPECTS: 0 8
// ORACLE-EXPECTS: 300 600
// ORACLE-EXPECTS: 1 0 3 3 4950 4 7 9900 5 13 14850 6
// Every way out of a loop over a generator, beside the same loop over numbers;
// and generators with no values, endless ones, and ones with many suspensions.
#include <coro/coro.h>
#include <stdio.h>

yields_of(int) static void count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
yields_of(int) static char twice(int n) {
  count(n);
  coro_yield(100);
  count(n);
  return 'a';
}

#define BODY                                                                   \
  if (how == 1 && y == 2)                                                      \
    break;                                                                     \
  if (how == 2 && x == 2 && y == 1)                                            \
    return s;                                                                  \
  if (how == 3 && x == 1 && y == 2)                                            \
    goto out;                                                                  \
  if (how == 4 && y == 2)                                                      \
    continue;                                                                  \
  if (how == 5 && y == 100)                                                    \
    goto next;                                                                 \
  switch (y) {                                                                 \
  case 1:                                                                      \
    s += 1;                                                                    \
    break;                                                                     \
  case 2:                                                                      \
    s += 10;                                                                   \
    continue;                                                                  \
  case 100:                                                                    \
    s += 100;                                                                  \
  }                                                                            \
  s += 1000;

static int over_generators(int n, int how) {
  int s = 0;
  coro_for(int x, count, n) {
    coro_for(int y, twice, n){BODY} s *= 3;
  next:;
  }
out:
  return s;
}
static int over_numbers(int n, int how) {
  int s = 0;
  for (int x = 0; x < n; x++) {
    for (int k = 0; k < 2 * n + 1; k++) {
      int y = k < n ? k : k == n ? 100 : k - n - 1;
      BODY
    }
    s *= 3;
  next:;
  }
out:
  return s;
}

yields_of(int) static int squares(int n) {
  int handed_out = 0;
  coro_for(int x, count, n) {
    if (x == 7)
      break;
    coro_yield(x * x);
    handed_out++;
  }
  return handed_out;
}

yields_of(int) static int never(int n) { return n * 2; }
yields_of(unsigned long) static void naturals(void) {
  for (unsigned long i = 0;; i++)
    coro_yield(i);
}

#define TEN(n)                                                                 \
  coro_yield(n);                                                               \
  coro_yield(n + 1);                                                           \
  coro_yield(n + 2);                                                           \
  coro_yield(n + 3);                                                           \
  coro_yield(n + 4);                                                           \
  coro_yield(n + 5);                                                           \
  coro_yield(n + 6);                                                           \
  coro_yield(n + 7);                                                           \
  coro_yield(n + 8);                                                           \
  coro_yield(n + 9);
#define HUNDRED(n)                                                             \
  TEN(n)                                                                       \
  TEN(n + 10)                                                                  \
  TEN(n + 20)                                                                  \
  TEN(n + 30)                                                                  \
  TEN(n + 40) TEN(n + 50) TEN(n + 60) TEN(n + 70) TEN(n + 80) TEN(n + 90)
yields_of(int) static void many(void){
    HUNDRED(0) HUNDRED(100)
        HUNDRED(200)} yields_of(int) static void many_twice(void) {
  many();
  many();
}

yields_of(int) static void variables(int n) {
  static int calls;
  volatile int v = 1;
  for (int i = 0; i < n; i++) {
    int big[100];
    for (int k = 0; k < 100; k++)
      big[k] = k * i;
    coro_yield(big[i] + v++);
    int s = 0;
    for (int k = 0; k < 100; k++)
      s += big[k];
    coro_yield(s);
    int last;
    {
      int between[n];
      for (int k = 0; k < n; k++)
        between[k] = k;
      last = between[n - 1];
    }
    coro_yield(last + calls++);
  }
}

int main(void) {
  int differ = 0;
  for (int how = 0; how < 6; how++)
    for (int n = 0; n < 5; n++)
      differ += over_generators(n, how) != over_numbers(n, how);
  printf("%d differ\n", differ);
  coro_for(int x, squares, 9) printf("%s%d", x ? " " : "", x);
  puts("");
  unsigned long sum = 0;
  coro_for(unsigned long x, naturals) {
    if (x > 1000)
      break;
    sum += x;
  }
  printf("%lu\n", sum);
  coro_task(never) t;
  coro_start(&t, never, 4);
  printf("%d ", coro_next(&t));
  printf("%d\n", t.result);
  int once = 0, again = 0;
  coro_for(int x, many) once += x == once;
  coro_for(int x, many_twice) again += x == again % 300;
  printf("%d %d\n", once, again);
  coro_for(int x, variables, 4)
      printf("%s%d", x == 1 && !differ++ ? "" : " ", x);
  puts("");
  return 0;
}
