// RUN: %oracle %s
// Arguments and results that were there before a later argument waited; large
// results that the same callee gives twice in one expression.
#include <coro/coro.h>
#include <stdio.h>

struct big {
  long v[9];
};
struct small {
  char c[3];
};
struct regs {
  double d;
  long l;
};

static yields struct big make(long n) {
  struct big b;
  for (int i = 0; i < 9; i++) {
    b.v[i] = n * 10 + i;
    if (i % 4 == 0)
      coro_yield_now();
  }
  return b;
}

static yields struct small tiny(int n) {
  coro_yield_now();
  return (struct small){{(char)n, (char)(n + 1), (char)(n + 2)}};
}

static yields struct regs regs(int n) {
  if (n & 1)
    coro_yield_now();
  return (struct regs){n * 0.5, n};
}

static yields long mix(int a, struct big b, struct small c, double d,
                       struct regs e, struct big f, int g) {
  coro_yield_now();
  b.v[0] = 1;
  long sum = a + d + e.d + e.l + g + c.c[0] * 2 + c.c[2];
  coro_yield_now();
  for (int i = 0; i < 9; i++)
    sum = sum * 3 + b.v[i] - f.v[8 - i];
  return sum;
}

static yields int wait(int n) {
  for (int i = 0; i < n % 3; i++)
    coro_yield_now();
  return n;
}

static yields long two(struct big a, struct big b) {
  return a.v[wait(3)] * 1000 + b.v[wait(5)];
}

static yields struct big join(struct big a, struct big b) {
  for (int i = 0; i < 9; i++) {
    a.v[i] += b.v[8 - i];
    if (i == 4)
      coro_yield_now();
  }
  return a;
}

static yields long all(int n) {
  long sum = mix(wait(n), make(wait(n + 1)), tiny(wait(2)), wait(4),
                 regs(wait(n)), make(wait(n + 2)), wait(7));
  sum += two(make(n), make(n + 1));
  sum += two(join(make(n), make(n + 3)), join(make(2), join(make(n), make(1))));
  sum += make(n).v[wait(4)] + make(n + 5).v[wait(8)];
  struct big kept = make(n);
  kept = join(kept, kept);
  kept.v[wait(2)] = make(kept.v[3] % 100).v[1];
  sum += two(kept, join(kept, make(n)));
  // Its own address is an argument of the call whose result it takes.
  struct big *p = &kept;
  *p = join(*p, n & 1 ? *p : make(1));
  struct {
    char before;
    struct small s;
    char after;
  } around = {'b', {{0}}, 'a'};
  around.s = tiny(n);
  return sum + kept.v[6] + around.before + around.after + around.s.c[1];
}

int main(void) {
  for (int n = 0; n < 7; n++)
    printf("%ld\n", coro_block_on(all, n));
}
