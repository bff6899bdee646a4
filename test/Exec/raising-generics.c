// RUN: %oracle %s
// raises_as: a function raises what its argument does, over several levels, for
// functions, tables and pointers; with an ordinary argument it is ordinary.
// ORACLE-EXPECTS: plain 12 14
// ORACLE-EXPECTS: raising close 6 0, close 0 3
// ORACLE-EXPECTS: pointer close 6 0, close 0 3
// ORACLE-EXPECTS: struct 30
// ORACLE-EXPECTS: table 8 0, 0 3, 4
// ORACLE-EXPECTS: levels 12 0, 0 3, 4
#include <coro/coro.h>
#include <stdio.h>

struct fault {
  int line;
};
static int plain(int n) { return n * 2; }
raises(int) static int odd(int n) {
  if (n == 3)
    coro_raise(n);
  return n;
}
raises(struct fault) static int faulty(int n) {
  coro_raise((struct fault){n * 10});
}

static void closes(int *p) { printf(" close"); }
raises_as(f) static int sum(int (*f)(int), int from, int to) {
  int total = 0;
  for (int i = from; i <= to; i++)
    total += f(i);
  return total;
}
raises_as(f) static int closing(int (*f)(int), int n) {
  __attribute__((cleanup(closes))) int total = 0;
  total += f(n);
  return total;
}
struct ops {
  const char *name;
  int (*get)(int);
};
raises_as(ops->get) static int drain(const struct ops *ops, int n) {
  return ops->get(n) + sum(ops->get, n, n);
}
raises_as(g) static int twice(int (*g)(int), int n) {
  return sum(g, n, n) + sum(g, n, n);
}
static const struct ops raising_ops = {"raising", odd};
static const struct ops plain_ops = {"plain", plain};

int main(void) {
  int (*volatile generic)(int (*)(int), int, int) = sum;
  printf("plain %d %d\nraising", sum(plain, 1, 3), generic(plain, 3, 4));
  int e, v = coro_catching(&e, closing(odd, 6));
  printf(" %d %d,", v, e);
  v = coro_catching(&e, closing(odd, 3));
  printf(" %d %d\npointer", v, e);
  raises(int) int (*volatile pointer)(int) = odd;
  v = coro_catching(&e, closing(pointer, 6));
  printf(" %d %d,", v, e);
  v = coro_catching(&e, closing(pointer, 3));
  printf(" %d %d\n", v, e);
  coro_try { sum(faulty, 3, 3); }
  coro_catch(struct fault, f) { printf("struct %d\n", f.line); }
  v = coro_catching(&e, drain(&raising_ops, 4));
  printf("table %d %d,", v, e);
  v = coro_catching(&e, drain(&raising_ops, 3));
  printf(" %d %d, %d\n", v, e, drain(&plain_ops, 1));
  v = coro_catching(&e, twice(odd, 6));
  printf("levels %d %d,", v, e);
  v = coro_catching(&e, twice(odd, 3));
  printf(" %d %d, %d\n", v, e, twice(plain, 1));
  return 0;
}
