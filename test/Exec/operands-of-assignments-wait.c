// RUN: %oracle %s
// Assignments of every kind with a waiting call on either side, to targets that
// change meanwhile. Only orders that C defines.
#include <coro/coro.h>
#include <stdio.h>

static int array[8] = {1, 2, 3, 4, 5, 6, 7, 8};
static int *cursor = array;
static long total;

static yields int wait(int n) {
  coro_yield_now();
  return n;
}
static yields int *place(int n) {
  coro_yield_now();
  return &array[n & 7];
}
struct pair {
  int a, b;
};
static yields struct pair two(int n) {
  coro_yield_now();
  return (struct pair){n, n + 1};
}

static yields long compound(int n) {
  int x = n, *p = &x;
  x += wait(3);
  x -= wait(n) * 2;
  x *= wait(5);
  *p /= wait(2) + 1;
  *p %= wait(1000);
  x <<= wait(2);
  x >>= wait(1);
  x &= ~wait(8);
  *p |= wait(16);
  x ^= wait(x & 3);
  array[wait(2)] += wait(n);
  array[n & 7] = wait(array[n & 7]) + 1;
  *place(3) += wait(4);
  *place(wait(n)) *= 3;
  ++*place(5);
  int old = (*place(6))++;
  place(7)[-2] -= old;
  cursor += wait(1);
  *cursor++ = wait(n);
  cursor[-1] = *cursor + wait(2);
  --cursor;
  cursor = array;
  total += wait(x) + total;
  return total + x;
}

static yields long chained(int n) {
  int a, b, c;
  long d;
  a = b = c = wait(n);
  d = a += b *= wait(3);
  char narrow = 0;
  d += narrow += (char)wait(200 + n);
  double f = 1;
  f += wait(n);
  f = f * wait(2) + wait(1);
  float *pf = &(float){1.5f};
  *pf *= (float)wait(n);
  _Bool t = 0;
  t |= wait(n);
  struct pair s = two(n), u, *ps = &u;
  *ps = two(wait(4));
  s.a += two(n).b;
  ps->b = (s = two(wait(9))).a;
  (wait(n & 1) ? &s : &u)->a -= wait(5);
  struct {
    int pad;
    struct pair in[2];
  } outer = {.in[1] = two(n)};
  outer.in[wait(0)] = outer.in[wait(1)];
  outer.in[1].b += outer.in[0].a + two(7).b;
  return a + b * 3 + c * 5 + d * 7 + narrow + (long)(f * 2) + (long)(*pf * 4) +
         t + s.a + s.b * 3 + u.a * 5 + u.b * 7 + outer.in[0].b + outer.in[1].b;
}

static yields int literals(int n) {
  struct pair *p = &(struct pair){wait(n), wait(n + 1)};
  int *list = (int[]){wait(1), wait(2), [3] = wait(n)};
  coro_yield_now();
  p->a += list[3];
  for (int i = 0; i < 3; i++) {
    struct pair *each = &(struct pair){i, wait(i)};
    coro_yield_now();
    p->b += each->a * each->b;
    each->a = 99;
  }
  const char *text = wait(n & 1) ? "odd" : "even";
  coro_yield_now();
  struct pair either = wait(n & 1) ? two(n) : (struct pair){1, wait(2)};
  return p->a * 100 + p->b + list[1] + text[wait(1)] + either.a + either.b + ({
           struct pair inner = two(wait(n));
           int r = ({ wait(inner.a) + inner.b; });
           r;
         });
}

int main(void) {
  for (int n = 1; n < 9; n++)
    printf("%ld %ld %d\n", coro_block_on(compound, n),
           coro_block_on(chained, n), coro_block_on(literals, n));
  for (int i = 0; i < 8; i++)
    printf("%d\n", array[i]);
}
