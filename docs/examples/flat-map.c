// A generator for each value of another one, their values one after the other:
// the divisors of the numbers that a filter lets through. A generator that is
// called hands its values to whoever resumes its caller.
#include <coro/coro.h>
#include <stdio.h>

static yields_of(int) void range(int from, int to) {
  for (int n = from; n < to; n++)
    coro_yield(n);
}

static yields_of(int) int divisors(int n) {
  int count = 0;
  coro_for(int d, range, 1, n + 1) if (n % d == 0) {
    coro_yield(d);
    count++;
  }
  return count;
}

// coro_for takes values out of a generator; a call passes them on.
static yields_of(int) int divisors_of_many(int from, int to) {
  int total = 0;
  coro_for(int n, range, from, to) if (n % 2 == 0) total += divisors(n);
  return total;
}

int main(void) {
  coro_task(divisors_of_many) all;
  coro_start(&all, divisors_of_many, 4, 9);
  while (coro_next(&all))
    printf("%d ", all.yielded);
  printf("(%d)\n", all.result);
}
