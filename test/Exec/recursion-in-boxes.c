// RUN: %oracle %s
// Functions that yield and call themselves, directly and through others, in
// frames from the context's allocator.
#include <coro/coro.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

static coro_boxed yields unsigned factorial(unsigned n) {
  unsigned below = 1;
  if (n % 3)
    coro_yield_now();
  if (n > 1 && !coro_try_box(&below, factorial, n - 1))
    return 0;
  return n * below;
}

// One word is enough for a cycle of three: a calls b, b calls c, c boxes a.
static coro_boxed yields int a(int n);
static yields int c(int n) {
  int found = -1000;
  int tail = n * 2;
  coro_yield_now();
  return n > 0 && coro_try_box(&found, a, n - 1) ? found + tail : n;
}
static yields int b(int n) { return c(n) + 1; }
static coro_boxed yields int a(int n) {
  int before = n;
  int got = b(n);
  coro_yield_now();
  return got * 3 + before;
}

// Structs and over-aligned variables.
struct minmax {
  long min, max;
  char name[5];
};
static coro_boxed yields struct minmax search(const int *v, int n,
                                              struct minmax start) {
  _Alignas(64) volatile char own[64] = {(char)n};
  if ((uintptr_t)own % 64)
    start.name[0] = '!';
  coro_yield_now();
  if (n == 0)
    return start;
  if (v[0] < start.min)
    start.min = v[0];
  if (v[0] > start.max)
    start.max = v[0];
  start.name[n % 4]++;
  struct minmax rest;
  if (!coro_try_box(&rest, search, v + 1, n - 1, start))
    return start;
  rest.max += own[0] - n;
  return rest;
}

// Nothing returned, nothing wanted, a place chosen at run time.
static int visits;
static coro_boxed yields void visit(int n) {
  visits += n;
  coro_yield_now();
  if (n)
    visits += coro_try_box(0, visit, n - 1);
}
static coro_boxed yields _Bool odd(int n, _Bool *where) {
  coro_yield_now();
  _Bool other = 1;
  if (n == 0)
    return 0;
  coro_try_box(n % 2 ? &other : where, odd, n - 1, where);
  return n % 2 ? !other : other;
}

// Any function that yields has a box where it wants one, a variadic one too.
static yields int add(int count, ...) {
  va_list list;
  va_start(list, count);
  int sum = 0;
  while (count--)
    sum += va_arg(list, int);
  va_end(list);
  coro_yield_now();
  return sum;
}

// Calls inside of calls, each in a box.
static yields long nested(int n) {
  int sum = 0, inner = 0;
  unsigned f = 0;
  if (coro_try_box(&sum, add, 3, coro_try_box(&f, factorial, 5) ? (int)f : -1,
                   n, coro_try_box(&inner, add, 2, n, n) + inner))
    return sum;
  return -1;
}

// Through a pointer whose declaration says nothing of the frame.
struct shape {
  yields long (*area)(const struct shape *self);
  const struct shape *parts[2];
  long side;
};
static yields long square(const struct shape *self) {
  coro_yield_now();
  return self->side * self->side;
}
static yields long group(const struct shape *self) {
  long sum = 0;
  for (int i = 0; i < 2; i++) {
    long each = -1;
    yields long (*area)(const struct shape *) = self->parts[i]->area;
    coro_yield_now();
    if (!coro_try_box(&each, area, self->parts[i]))
      return -1;
    sum += each;
    if (coro_try_box(&each, self->parts[i]->area, self->parts[i]))
      sum += each * 1000;
  }
  return sum;
}

static yields long all(int n) {
  int v[] = {4, -2, 17, n, 0, 9};
  struct minmax m = search(v, 6, (struct minmax){99, -99, "abcd"});
  _Bool where = 0;
  visit(n);
  printf("%ld %ld %s %d %d\n", m.min, m.max, m.name, visits, odd(n, &where));
  struct shape leaf[2] = {{square, {0}, n}, {square, {0}, 3}};
  struct shape pair = {group, {&leaf[0], &leaf[1]}, 0};
  struct shape top = {group, {&pair, &leaf[0]}, 0};
  printf("%ld %ld\n", nested(n), group(&top));
  return factorial((unsigned)n) * 1000L + a(n) + where;
}

int main(void) {
  for (int n = 0; n < 8; n++)
    printf("%ld\n", coro_block_on(all, n));
}
