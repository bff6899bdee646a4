// RUN: %oracle %s
// Functions that yield, called through variables, parameters, members, tables,
// and compared.
#include <coro/coro.h>
#include <stdio.h>

struct big {
  long v[9];
};
struct ops {
  const char *name;
  yields int (*first)(int) coro_frame(96);
  yields struct big (*second)(struct big, double) coro_frame(256);
};

static yields int twice(int n) {
  coro_yield_now();
  return n * 2;
}
static yields int plus(int n) {
  int kept = n + 1;
  coro_yield_now();
  coro_yield_now();
  return kept;
}
static yields int at_once(int n) { return n - 1; }

static yields struct big fill(struct big b, double d) {
  b.v[0] += (long)d;
  coro_yield_now();
  b.v[8] = b.v[0] + 1;
  return b;
}
static yields struct big negate(struct big b, double d) {
  for (int i = 0; i < 9; i++) {
    b.v[i] = -b.v[i] - (long)(d * 2);
    if (i == 3)
      coro_yield_now();
  }
  return b;
}

static const struct ops table[] = {
    {"a", twice, fill}, {"b", plus, negate}, {"c", at_once, fill}};

static yields int apply(yields int (*f)(int) coro_frame(64), int n) {
  return f(n) + f(n + 1);
}

static yields long all(int n) {
  yields int (*chosen)(int) coro_frame(64) = n & 1 ? twice : plus;
  yields int (*list[3])(int) coro_frame(64) = {twice, plus, at_once};
  long sum = chosen(n);
  coro_yield_now();
  sum = sum * 3 + chosen(n) + (*list[n % 3])(5);
  sum = sum * 3 + apply(twice, n) + apply(list[2], n) + apply(&plus, n);
  const struct ops *ops = &table[n % 3];
  struct big b = {{n, 1, 2, 3, 4, 5, 6, 7, 8}};
  b = ops->second(b, ops->first(n));
  struct big c = ops->second(ops->second(b, 1.5), table[1].first(2));
  sum = sum * 7 + b.v[8] + c.v[0] * 5 + c.v[4];
  sum = sum * 3 + list[ops->first(1) & 1](list[0](list[1](n)));
  return sum * 5 + (chosen == twice) + (list[1] == plus) * 2 +
         (chosen == list[0]) * 4 + (ops->first != 0) * 8 +
         (ops->first == twice) * 16;
}

int main(void) {
  for (int n = 0; n < 6; n++)
    printf("%ld\n", coro_block_on(all, n));
}
