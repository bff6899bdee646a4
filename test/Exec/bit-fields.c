// RUN: %oracle %s
// Bit-fields, packed and straddling, beside variables that share bytes with
// others: a store to one writes a whole unit.
#include <coro/coro.h>
#include <stdio.h>

struct plain {
  unsigned a : 3, b : 7, c : 12;
  int d : 9;
  _Bool e : 1;
};
struct __attribute__((packed)) packed {
  char head;
  unsigned long a : 37, b : 5, c : 50;
  signed char d : 4;
};
struct units {
  char x;
  unsigned a : 9;
  unsigned : 0;
  unsigned b : 17;
  char y;
};
static struct plain shared;

static yields int wait(int n) {
  coro_yield_now();
  return n;
}

static yields long between(int n) {
  long sum = 0;
  for (int i = 0; i < n; i++) {
    char left[3] = {1, 2, 3};
    struct packed p = {0};
    char right[3] = {4, 5, 6};
    {
      char scratch[16] = {(char)i};
      coro_yield_now();
      sum += scratch[0];
    }
    p.a = (unsigned long)wait(i * 1000003);
    p.c = (unsigned long)wait(i) << 33;
    p.b += (unsigned)wait(3) * 3;
    p.d = (signed char)(wait(i) & 7);
    coro_yield_now();
    for (int j = 0; j < 3; j++)
      sum = sum * 3 + left[j] + right[j];
    sum += (long)p.a + (long)(p.c >> 30) + p.b + p.d + p.head;
  }
  return sum;
}

static yields int compound(int n) {
  struct plain s = {0}, *p = &s;
  struct units u = {'x', 0, 0, 'y'};
  s.a = (unsigned)wait(n);
  p->b += (unsigned)wait(n * 3) + s.a;
  coro_yield_now();
  p->c = s.b * s.b;
  s.d -= wait(n) * 5;
  s.e = wait(n & 1);
  u.a = (unsigned)wait(n * 100);
  u.b = (p->c++, coro_yield_now(), u.a * 3);
  shared.a++;
  shared.c += (unsigned)wait(n);
  shared.e ^= wait(1);
  int taken = s.d++;
  return (int)(s.a + s.b * 3 + s.c * 5) + s.d * 7 + s.e + (int)u.a +
         (int)u.b * 2 + u.x + u.y + taken + (int)shared.c + shared.e;
}

int main(void) {
  for (int n = 0; n < 9; n++)
    printf("%ld %d\n", coro_block_on(between, n), coro_block_on(compound, n));
}
