#include "chain.h"

static yields int step(int n) {
  coro_yield_now();
  return n + 1;
}

yields int one(int n) {
  long sum = 100;
  int got = two(step(n), &sum);
  struct text t = name(got);
  printf("one: %d %ld %s\n", got, sum, t.bytes);
  printf("large: %d\n", large(got));
  printf("total: %d\n", total(3, 5, 6, 7));
  note("end");
  return got + (int)sum;
}

int main(void) {
  for (int i = 0; i < 2; i++)
    printf("%d\n", coro_block_on(one, i));
}
