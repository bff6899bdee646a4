// RUN: %oracle %s
// Structs of many sizes as arguments and results, between scalars: in
// registers, split over two, and in memory.
#include <coro/coro.h>
#include <stdio.h>

struct pair {
  int a, b;
};
struct mixed {
  double d;
  char c;
};
struct large {
  int values[18];
};
struct empty {};
union either {
  float f;
  unsigned u;
};

static yields struct pair swap(struct pair p) {
  coro_yield_now();
  return (struct pair){p.b, p.a};
}

static yields struct mixed mix(char before, struct mixed m, struct pair p,
                               long after) {
  coro_yield_now();
  m.d += p.a * 0.5 + (double)after;
  coro_yield_now();
  m.c = (char)(m.c + before + p.b);
  return m;
}

static yields struct large fill(int from, struct empty e, struct large old) {
  (void)e;
  struct large made = old;
  for (int i = 0; i < 18; i += 5) {
    made.values[i] += from + i;
    coro_yield_now();
  }
  old.values[0] = -1; // a copy: the caller's stays
  return made;
}

static yields union either flip(union either e) {
  coro_yield_now();
  e.u ^= 0x80000000u;
  return e;
}

static yields int all(int n) {
  struct pair p = swap(swap(swap((struct pair){n, n + 1})));
  struct mixed m = mix('a', (struct mixed){n * 0.25, 'b'}, swap(p), n);
  struct large zero = {{0}};
  struct large l =
      fill(n, (struct empty){}, fill(n + 1, (struct empty){}, zero));
  union either e = flip((union either){.f = (float)n + 0.5f});
  printf("%d %d %.3f %d %.3f", p.a, p.b, m.d, m.c, (double)e.f);
  for (int i = 0; i < 18; i++)
    printf(" %d", l.values[i]);
  printf("\n");
  return zero.values[0] + fill(1, (struct empty){}, l).values[15];
}

int main(void) {
  int sum = 0;
  for (int n = 0; n < 4; n++)
    sum += coro_block_on(all, n);
  return sum & 127;
}
