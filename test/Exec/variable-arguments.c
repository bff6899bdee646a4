// RUN: %oracle %s
// A va_list is used up, copied or handed on before a suspension; a variadic
// function waits after it has read its arguments.
#include <coro/coro.h>
#include <stdarg.h>
#include <stdio.h>

struct pair {
  double d;
  long l;
};
struct large {
  int v[10];
};

static int sum_list(int n, va_list list) {
  int sum = 0;
  while (n--)
    sum = sum * 3 + va_arg(list, int);
  return sum;
}

static yields int ints(int n, ...) {
  va_list list, copy;
  va_start(list, n);
  va_copy(copy, list);
  int first = n > 0 ? va_arg(list, int) : 0;
  int rest = n > 0 ? sum_list(n - 1, list) : 0;
  int all = sum_list(n, copy);
  va_end(copy);
  va_end(list);
  for (int i = 0; i < n % 4; i++)
    coro_yield_now();
  return first + rest * 5 + all * 7;
}

static yields double mixed(const char *what, ...) {
  double sum = 0;
  {
    va_list list;
    va_start(list, what);
    for (const char *c = what; *c; c++)
      switch (*c) {
      case 'i':
        sum = sum * 2 + va_arg(list, int);
        break;
      case 'd':
        sum = sum * 2 + va_arg(list, double);
        break;
      case 'D':
        sum = sum * 2 + (double)va_arg(list, long double);
        break;
      case 'p': {
        struct pair p = va_arg(list, struct pair);
        sum = sum * 2 + p.d + (double)p.l;
      } break;
      case 'l': {
        struct large l = va_arg(list, struct large);
        sum = sum * 2 + l.v[3] + l.v[9];
      } break;
      }
    va_end(list);
  }
  coro_yield_now();
  return sum + what[0];
}

static yields int wait(int n) {
  coro_yield_now();
  return n;
}

// Its va_list points into somebody who does not suspend meanwhile.
static yields int reads_after_waiting(int n, va_list *list) {
  int sum = 0;
  while (n--) {
    coro_yield_now();
    sum = sum * 10 + va_arg(*list, int);
  }
  return sum;
}

static int ordinary(int n, ...) {
  va_list list;
  va_start(list, n);
  int sum = coro_block_on(reads_after_waiting, n, &list);
  va_end(list);
  return sum;
}

static yields double all(int n) {
  struct pair p = {n * 0.5, n};
  struct large l = {{n, 1, 2, 3, 4, 5, 6, 7, 8, 9}};
  double sum = ints(0) + ints(1, n) + ints(3, wait(1), wait(n), 3) +
               ints(12, 1, 2, 3, 4, 5, 6, wait(7), 8, 9, 10, 11, n);
  sum += mixed("iiiiiiid", 1, 2, 3, 4, 5, 6, 7, 1.5);
  sum += mixed("dddddddddi", .1, .2, .3, .4, .5, .6, .7, .8, .9, wait(n));
  sum += mixed("plpDilpD", p, l, p, 2.5L, wait(n), l, p, (long double)n);
  return sum + mixed("p", (struct pair){mixed("d", 0.25), wait(3)});
}

int main(void) {
  for (int n = 0; n < 5; n++)
    printf("%.4f\n", coro_block_on(all, n));
  printf("%d\n", ordinary(7, 1, 2, 3, 4, 5, 6, 7));
  printf("%d\n", coro_block_on(ints, 4, 1, 2, 3, 4));
}
