// RUN: %oracle %s
// Volatile variables and pointees, bit-fields among them, over suspensions.
#include <coro/coro.h>
#include <stdio.h>

static volatile int counter;
struct fields {
  volatile unsigned a : 3, b : 13, c : 16;
};
static volatile struct fields shared;

static yields int locals(int n) {
  volatile int x = n;
  volatile int array[3] = {1, 2, 3};
  volatile struct {
    char c;
    int i;
  } s = {'c', n};
  int plain = x;
  coro_yield_now();
  x++;
  array[x % 3] += x;
  coro_yield_now();
  s.i += array[0] + array[1] * 3;
  s.c++;
  coro_yield_now();
  (void)x;
  return x + s.i + s.c + plain;
}

static yields int only_between(int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) {
    volatile int scratch = i;
    scratch *= 3;
    sum += scratch;
    coro_yield_now();
  }
  return sum;
}

static yields int globals(int n) {
  for (int i = 0; i < n; i++) {
    counter += counter + 1;
    coro_yield_now();
    shared.b = (unsigned)counter;
    coro_yield_now();
    shared.a++;
    shared.c += shared.b;
  }
  return counter + (int)(shared.a + shared.b * 3 + shared.c * 5);
}

static yields void *volatile_pointer(int n) {
  static int targets[2];
  int *volatile p = &targets[0];
  const volatile int *q = &targets[1];
  coro_yield_now();
  *p += n;
  p = &targets[1];
  coro_yield_now();
  *p += *q + 1;
  return (void *)(long)(targets[0] + targets[1] * 100);
}

int main(void) {
  for (int n = 0; n < 6; n++)
    printf("%d %d %d %ld\n", coro_block_on(locals, n),
           coro_block_on(only_between, n), coro_block_on(globals, n),
           (long)coro_block_on(volatile_pointer, n));
}
