// RUN: %oracle %s
// ORACLE-FLAGS: -Wno-ignored-attributes -Wno-unknown-attributes
// Attributes that say what a call does not do. It suspends all the same, twice
// if it is called twice, and its results stay apart.
#include <coro/coro.h>
#include <stdio.h>
#include <stdlib.h>

static int calls;

__attribute__((const)) static yields int constant(int n) {
  coro_yield_now();
  return n * 2;
}
__attribute__((pure)) static yields int pure(const int *p) {
  int n = *p;
  coro_yield_now();
  return n + *p;
}
__attribute__((nothrow, leaf)) yields int leaf(int n) {
  calls++;
  coro_yield_now();
  return n + calls;
}
__attribute__((malloc, alloc_size(1))) static yields void *get(size_t n) {
  coro_yield_now();
  return calloc(1, n);
}
__attribute__((returns_nonnull, nonnull(1))) static yields int *same(int *p) {
  coro_yield_now();
  return p;
}
__attribute__((cold)) static yields int cold(int n) {
  coro_yield_now();
  return n + 1;
}
__attribute__((hot, flatten)) static yields int flat(int n) {
  int sum = cold(n) + constant(n);
  coro_yield_now();
  return sum + leaf(n);
}
__attribute__((noinline)) static yields int apart(int n) {
  coro_yield_now();
  return n + 3;
}
__attribute__((always_inline)) static inline yields int within(int n) {
  int own[4] = {n, n + 1, n + 2, n + 3};
  coro_yield_now();
  return own[n & 3] + apart(n);
}
__attribute__((always_inline)) static inline int ordinary(int *p) {
  int own = *p + 1;
  *p = own * 2;
  return own;
}
__attribute__((optnone, noinline)) static yields int unoptimised(int n) {
  int a = within(n), b = cold(a);
  for (int i = 0; i < 2; i++)
    a += ordinary(&b) + apart(i);
  return a * 3 + b;
}
__attribute__((minsize)) static yields int small(int n) {
  return unoptimised(n) + within(n) + flat(n);
}
__attribute__((no_instrument_function, used)) static yields int kept(int n) {
  return small(n) + small(n + 1);
}
__attribute__((noduplicate)) static yields int once(int n) {
  coro_yield_now();
  return n;
}
__attribute__((section(".text.elsewhere"), aligned(64))) static yields int
elsewhere(int n) {
  return once(n) * 2;
}
__attribute__((warn_unused_result)) static yields int used(int n) {
  return elsewhere(n) + 1;
}

static yields int all(int n) {
  int x = n;
  int a = constant(x) + constant(x);
  int b = pure(&x);
  x++;
  b += pure(&x) * 3;
  b += leaf(1) + leaf(1) * 100;
  int *p = get(sizeof(int)), *q = get(sizeof(int));
  *p += 5;
  *q += 7;
  coro_yield_now();
  *same(p) += *q;
  int r = *p;
  r += p == q;
  free(p);
  free(q);
  (void)constant(9);
  return a + b * 3 + r * 5 + kept(n) + used(n);
}

int main(void) {
  for (int n = 0; n < 5; n++)
    printf("%d\n", coro_block_on(all, n));
  printf("%d\n", calls);
}
