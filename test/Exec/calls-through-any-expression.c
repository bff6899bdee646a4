// RUN: %oracle %s
// A pointer to a function that yields, reached by every operator that C has for
// it, with and without a typedef.
#include <coro/coro.h>
#include <stdio.h>
static yields int a(int n) {
  coro_yield_now();
  return n + 1;
}
static yields int b(int n) {
  coro_yield_now();
  coro_yield_now();
  return n * 2;
}
static yields int (*table[2])(int) coro_frame(64) = {a, b};
static yields int (*two[2][2])(int) coro_frame(64) = {{a, b}, {b, a}};
struct s {
  yields int (*f)(int) coro_frame(64);
  yields int (*g[2])(int) coro_frame(64);
};
static struct s sv = {a, {a, b}};
static struct s *get(void) { return &sv; }
typedef yields int (*fn)(int) coro_frame(64);
typedef fn array[2];
static array typed = {a, b};
static fn *elements(void) { return typed; }
static array *arrays(void) { return &typed; }
static fn const *constants(void) { return typed; }
static volatile fn often = b;
static _Atomic(fn) shared = b;
static yields int run(int how, int n) {
  fn *pp = table;
  fn *q = elements();
  switch (how) {
  case 0:
    return table[1](n);
  case 1:
    return (*(table + 1))(n);
  case 2:
    return 1 [table](n);
  case 3:
    return two[1][0](n);
  case 4:
    return (*two[0])(n);
  case 5:
    return (**two)(n);
  case 6:
    return (*(*two + 1))(n);
  case 7:
    return (n ? table : *two)[1](n);
  case 8:
    return (n ? &table : two)[0][1](n);
  case 9:
    return get()->g[1](n);
  case 10:
    return (*get()).f(n);
  case 11:
    return pp[1](n);
  case 12:
    return (*++pp)(n);
  case 13:
    return (*pp++)(n);
  case 14:
    return (*(pp += 1))(n);
  case 15:
    return (*elements())(n);
  case 16:
    return elements()[1](n);
  case 17:
    return (**arrays())(n);
  case 18:
    return (*arrays())[1](n);
  case 19:
    return constants()[1](n);
  case 20:
    return often(n);
  case 21:
    return shared(n);
  case 22:
    return (*q++)(n);
  case 23:
    return typed[1](n) + (*typed)(n);
  case 24:
    return ((fn[]){a, b})[1](n);
  case 25:
    return (*&*&table[1])(n);
  case 26:
    return (***table[1])(n);
  case 27:
    return ((void)n, table)[n > 0](n);
  case 28:
    return ({ table; })[1](n);
  case 29:
    return ({ table[1]; })(n);
  case 30:
    return (pp = table)[1](n);
  case 31:
    return (n ? get() : 0)->g[1](n);
  case 32:
    return ((struct s){b, {a, b}}).g[1](n);
  case 33:
    return ((void)a, table[1])(n);
  case 34:
    return (&table[2])[-1](n);
  case 35:
    return (*(1 + table))(n);
  case 36:
    return __builtin_choose_expr(1, table, two)[1](n);
  case 37:
    return _Generic(0, int: table)[1](n);
  case 38: {
    fn l = table[1];
    return l(n);
  }
  case 39:
    return __atomic_load_n(&typed[1], 0)(n);
  case 40:
    return __c11_atomic_load(&shared, 0)(n);
  case 41:
    return (*({
      fn t = table[1];
      &t;
    }))(n);
  case 42:
    return (*(n ? &table[1] : &table[0]))(n);
  case 43:
    return (*(fn *)(void *)&table[1])(n);
  }
  return -1;
}
int main(void) {
  for (int i = 0; i < 45; i++)
    printf("%d:%d\n", i, coro_block_on(run, i, 5));
}
