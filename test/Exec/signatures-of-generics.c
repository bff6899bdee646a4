// RUN: %oracle %s
// RUN: %oracle %s --stress
// What a generic is given may have any signature: structs by value, variable
// arguments, floating point, no result.
#include "Inputs/callbacks.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct pair {
  long a, b;
};
struct big {
  long v[9];
};
struct f2 {
  float x, y;
};
struct mix {
  double d;
  int i;
};
static yields struct big sb(struct big b, struct pair p, double d) {
  b.v[0] += p.a;
  coro_yield_now();
  b.v[1] += p.b + (long)d;
  return b;
}
static struct big pb(struct big b, struct pair p, double d) {
  b.v[3] -= p.a * (long)d;
  return b;
}
static yields struct f2 sf(struct f2 a, float k, _Complex double c) {
  coro_yield_now();
  a.x *= k;
  a.y += __real__ c;
  return a;
}
static yields double sd(float a, double b, long double c) {
  double z = a * b;
  coro_yield_now();
  return z + (double)c;
}
static yields int sv(int n, ...) {
  va_list ap;
  int s = 0;
  va_start(ap, n);
  for (int i = 0; i < n; i++)
    s += va_arg(ap, int);
  va_end(ap);
  coro_yield_now();
  return s * 2;
}
static int pv(int n, ...) {
  va_list ap;
  int s = 0;
  va_start(ap, n);
  for (int i = 0; i < n; i++)
    s += va_arg(ap, int);
  va_end(ap);
  return s;
}
yields_as(f) static struct big
    g1(struct big (*f)(struct big, struct pair, double), struct big b,
       struct pair p, double d) {
  struct big r = f(b, p, d);
  r = f(r, (struct pair){r.v[0], r.v[1]}, d * 2);
  return r;
}
yields_as(f) static struct f2
    g2(float k, struct f2 (*f)(struct f2, float, _Complex double),
       struct f2 a) {
  return f(f(a, k, 2.0 + 1.0i), k + 1, 3);
}
yields_as(f) static double g3(double (*f)(float, double, long double),
                              float a) {
  return f(a, 2.5, 3.25L) + f(1, f(2, 3, 4), 5);
}
yields_as(f) static int g4(int (*f)(int, ...), int a) {
  return f(3, a, a + 1, a + 2) - f(0) + f(1, f(2, 7, 8));
}
yields_as(f) static int g5(int (*f)(int, ...), int n, ...) {
  va_list ap;
  va_start(ap, n);
  int s = 0;
  for (int i = 0; i < n; i++)
    s += va_arg(ap, int);
  va_end(ap);
  return f(2, s, n);
}
yields_as(f) static void g6(struct pair *out,
                            struct mix (*f)(struct mix, char, short)) {
  struct mix m = f((struct mix){1.5, 2}, 'c', -3);
  out->a = m.i;
  out->b = (long)(m.d * 10);
}
static yields struct mix sm(struct mix m, char c, short s) {
  m.i += c;
  coro_yield_now();
  m.d += s;
  return m;
}
static struct mix pm(struct mix m, char c, short s) {
  m.i -= c;
  m.d *= s;
  return m;
}
yields_as(f) static _Bool g7(_Bool (*f)(_Bool, unsigned char), int n) {
  _Bool r = 1;
  for (int i = 0; i < n; i++)
    r = f(r, (unsigned char)(i * 60));
  return r;
}
static yields _Bool sB(_Bool b, unsigned char c) {
  coro_yield_now();
  return !b ^ (c & 1);
}
yields_as(f) static void g8(void (*f)(void)) {
  f();
  f();
}
static int count;
static yields void sV(void) {
  count++;
  coro_yield_now();
  count += 10;
}
static yields int all(int n) {
  struct big b = {{1, 2, 3, 4}};
  struct pair p = {n, n + 1};
  b = g1(sb, b, p, 1.5);
  b = g1(pb, b, p, 2.5);
  for (int i = 0; i < 9; i++)
    printf("%ld ", b.v[i]);
  struct f2 q = g2(1.5f, sf, (struct f2){n, 2});
  printf("%g %g\n", q.x, q.y);
  printf("%g\n", g3(sd, 1.25f));
  printf("%d %d %d %d\n", g4(sv, n), g4(pv, n), g5(sv, 3, 1, 2, 3),
         g5(pv, 2, 5, 6));
  g6(&p, sm);
  printf("%ld %ld\n", p.a, p.b);
  g6(&p, pm);
  printf("%ld %ld\n", p.a, p.b);
  printf("%d\n", g7(sB, 5));
  g8(sV);
  printf("%d\n", count);
  return map(slow, map(slow2, map(fast, n))) +
         map(fast, map(slow, n) ? map(slow2, 1) : 0);
}
int main(void) {
  printf("%d\n", coro_block_on(all, 4));
  return 0;
}
