// RUN: %oracle %s
// A function that yields_as its argument computes the same with ordinary
// functions and with ones that wait: given by name, through several levels, in
// const tables, as pointers, and for flags.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

static yields int slow(int n) {
  int kept = n * 2;
  coro_yield_now();
  return kept + n;
}
static yields int at_once(int n) { return n - 5; }
static int fast(int n) { return n * 3; }

// Three levels: fold calls map calls apply calls f.
yields_as(f) static int apply(int (*f)(int), int n) { return f(n) + 1; }
yields_as(f) int map(int (*f)(int), int *v, int n) {
  int sum = 0;
  for (int i = 0; i < n; i++)
    sum += v[i] = apply(f, v[i]);
  return sum;
}
yields_as(g) static long fold(int times, int (*g)(int), int n) {
  int v[8];
  long total = 0;
  for (int i = 0; i < 8; i++)
    v[i] = n + i;
  while (times-- > 0)
    total = total * 7 + map(g, v, 8);
  return total;
}

// The argument behind a struct result and structs in registers and memory.
struct pair {
  long a, b;
};
struct big {
  long v[9];
};
yields_as(f) static struct big
    spread(struct pair p, struct big b, int (*f)(int), char c) {
  for (int i = 0; i < 9; i++)
    b.v[i] += f((int)p.a + i) * p.b + c;
  return b;
}

// Tables, one of them an array of tables, one reached through another.
struct ops {
  const char *name;
  int (*next)(int);
  int (*plain)(int);
};
struct outer {
  int number;
  struct {
    const struct ops *ops;
  };
};
yields_as(ops->next) static int drain(const struct ops *ops, int n) {
  int sum = (int)strlen(ops->name);
  while (n > 0)
    sum = sum * 3 + ops->next(n--);
  return ops->plain ? ops->plain(sum) : sum;
}
yields_as(o->ops->next) static int drain_twice(const struct outer *o, int n) {
  return drain(o->ops, n) + apply(o->ops->next, o->number) + drain(o->ops, 1);
}
static const struct ops slow_ops = {"slow", slow, fast};
static const struct ops many[] = {{"first", fast, 0},
                                  {.next = slow, .name = "second"},
                                  {"third", at_once, 0}};
static const struct outer around = {4, {&many[0]}};

// An integer that says whether to wait; several levels, folded at each.
yields_as(wait) static int get(int wait, int n) {
  if (wait && n > 1)
    coro_yield_now();
  switch (wait) {
  case 2:
    n += slow(n);
    break;
  case 3:
    n -= 100;
  }
  return wait ? n + slow(1) : n + fast(1);
}
yields_as(wait) static int get_twice(_Bool wait, int n) {
  return get(wait ? 2 : 0, n) + get(wait * 3, n) * 2;
}
yields_as(deep) static int countdown(int deep, int n) {
  if (!deep)
    return n;
  coro_yield_now();
  return countdown(deep - 1, n * 2) + deep;
}

static yields int through(yields int (*p)(int) coro_frame(64), int n) {
  int v[2] = {n, n + 1};
  return map(p, v, 2) + map(fast, v, 2);
}

static yields int everything(int n) {
  int v[3] = {n, 2, 3};
  printf("map %d", map(slow, v, 3));
  printf(" %d", map(fast, v, 3));
  printf(" %d\n", map(at_once, v, 3));
  printf("fold %ld %ld\n", fold(3, slow, n), fold(2, fast, n));
  struct big b = {{1, 2, 3}};
  b = spread((struct pair){n, 2}, b, slow, 'x');
  b = spread((struct pair){n, 3}, b, fast, 'y');
  for (int i = 0; i < 9; i++)
    printf("%ld ", b.v[i]);
  printf("\ndrain %d %d", drain(&slow_ops, n), drain(&many[0], n));
  printf(" %d %d %d\n", drain(&many[1], n), drain(&many[2], n),
         drain_twice(&around, n));
  printf("get %d %d %d", get(1, n), get(0, n), get(2, n));
  printf(" %d %d %d\n", get(3, n), get_twice(1, n), get_twice(0, n));
  return countdown(3, n) + through(slow, n) + through(at_once, n);
}

// With ordinary arguments they are ordinary, and so are their addresses.
static int ordinary(int n) {
  int (*volatile pointer)(int (*)(int), int *, int) = map;
  int v[2] = {n, 1};
  return pointer(fast, v, 2) + map(fast, v, 2) + drain(&many[0], 2) + get(0, n);
}

int main(void) {
  printf("%d\n", coro_block_on(everything, 4));
  printf("%d\n", ordinary(5));
  int v[3] = {7, 8, 9};
  printf("%d\n", coro_block_on(map, slow, v, 3));
  printf("%d\n", coro_block_on(get, 1, 3));
  return 0;
}
