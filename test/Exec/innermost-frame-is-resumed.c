// RUN: %oracle %s
// Frames inside of frames, of functions that are not flattened: whichever of
// them is the innermost goes on where it was, and so do those above it when it
// is over. With more ways down, states and levels than are resumed directly.
#include <coro/coro.h>
#include <stdio.h>

#define APART __attribute__((noinline)) static yields
static unsigned trace;
static void note(int n) { trace = trace * 31 + (unsigned)n; }

// A leaf that waits in one place, one in two, and one that does not always.
APART int one(int n) {
  for (int i = 0; i < (n & 3); i++) {
    note(n);
    coro_yield_now();
  }
  return n + 1;
}
APART long two(long n, char c) {
  char text[3] = {c, (char)(c + 1), 0};
  coro_yield_now();
  note(text[0]);
  if (n & 1)
    coro_yield_now();
  return n * 3 + text[1];
}

// Suspends itself, before, between and after its callees.
APART int mixed(int n) {
  coro_yield_now();
  int a = one(n);
  coro_yield_now();
  long b = two(a, 'x');
  note(a);
  int c = one((int)b & 7);
  coro_yield_now();
  return (int)(a + b * 5 + c * 7);
}
APART int looped(int n) {
  int sum = 0;
  for (int i = 0; i < n % 4 + 1; i++)
    sum += i & 1 ? mixed(i + n) : one(i);
  return sum;
}

// Not optimised in between: what it waits for is polled by it.
__attribute__((optnone, noinline)) static yields int unoptimised(int n) {
  int a = mixed(n);
  return a + looped(n);
}
__attribute__((minsize, noinline)) static yields int small(int n) {
  return unoptimised(n) - looped(n + 1) + mixed(n);
}

// As many states as do not fit into one byte.
#define W(i)                                                                   \
  sum += i;                                                                    \
  if (sum & 1)                                                                 \
    coro_yield_now();
#define W8(i)                                                                  \
  W(i)                                                                         \
  W(i + 1) W(i + 2) W(i + 3) W(i + 4) W(i + 5) W(i + 6) W(i + 7)
APART int many(int n) {
  int sum = n;
  W8(n) W8(n + 1) W8(n + 2) W8(n + 4) return sum;
}
APART int above_many(int n) {
  int a = one(n);
  a += many(n) + many(n + 1) + many(n + 2);
  return a + many(a & 15) + mixed(n);
}
// More than are resumed directly.
APART int far_above(int n) {
  int s = above_many(n) + above_many(n + 1) + above_many(n + 2);
  s += above_many(n + 2) - above_many(n + 3) - above_many(n + 4);
  s -= above_many(n + 2) - above_many(n + 3) - above_many(n + 4);
  s ^= many(n) + many(n + 4);
  return s + looped(n);
}

// More ways down than there are nodes.
#define C2(f, n) f(n) + f(n + 1)
#define C8(f, n) C2(f, n) + C2(f, n + 2) + C2(f, n + 4) + C2(f, n + 6)
APART int eight(int n) { return C8(one, n); }
APART int sixty_four(int n) { return C8(eight, n) - n; }
APART int wide(int n) { return C2(sixty_four, n) + C8(eight, n); }

#define L(to, from)                                                            \
  APART int l##to(int n) {                                                     \
    note(to);                                                                  \
    int r = l##from(n - 1);                                                    \
    return r + n;                                                              \
  }
APART int l0(int n) { return mixed(n & 3) + looped(1); }
L(1, 0)
L(2, 1)
L(3, 2)
L(4, 3)
L(5, 4)
L(6, 5)
L(7, 6)
L(8, 7)

struct big {
  double d[5];
  int n;
};
APART struct big by_value(struct big b) {
  b.n += one(b.n);
  b.d[3] += two(b.n, 'b');
  return b;
}

static yields int all(int n) {
  note(small(n));
  note(far_above(n));
  note(wide(n));
  note(l8(n));
  struct big b = by_value((struct big){{n, 1, 2, 3}, n});
  note(b.n + (int)b.d[3] + (int)b.d[0]);
  return (int)trace;
}

int main(void) {
  for (int n = 0; n < 6; n++)
    printf("%u\n", (unsigned)coro_block_on(all, n));
  return 0;
}
