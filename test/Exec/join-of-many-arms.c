// RUN: %oracle %s
// More arms than a byte, and than a word, has bits, each done at another time.
// Effects erased, they run one after the other.
#include <coro/coro.h>
#include <stdio.h>

static yields int count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield_now();
  return n * n;
}

#define EIGHT(X, n)                                                            \
  X(n), X(n + 1), X(n + 2), X(n + 3), X(n + 4), X(n + 5), X(n + 6), X(n + 7)
#define THIRTY_TWO(X, n)                                                       \
  EIGHT(X, n), EIGHT(X, n + 8), EIGHT(X, n + 16), EIGHT(X, n + 24)

#ifdef CORO_ERASE_EFFECTS
#define START(i, n) (sum += count(n))
#define JOIN(...) ((void)0)
#define RESULT(i) 0
#else
#define START(i, n) coro_start(&tasks[i], count, n)
#define JOIN(...) coro_join(__VA_ARGS__)
#define RESULT(i) tasks[i].result
static coro_task(count) tasks[131];
#endif
#define ARM(i) &tasks[i]

static yields long nine(void) {
  long sum = 0;
  for (int i = 0; i < 9; i++)
    START(i, 9 - i);
  JOIN(EIGHT(ARM, 0), ARM(8));
  for (int i = 0; i < 9; i++)
    sum += RESULT(i);
  return sum;
}

static yields long many(void) {
  long sum = 0;
  for (int i = 0; i < 131; i++)
    START(i, i * 37 % 131);
  JOIN(THIRTY_TWO(ARM, 0), THIRTY_TWO(ARM, 32), THIRTY_TWO(ARM, 64),
       THIRTY_TWO(ARM, 96), ARM(128), ARM(129), ARM(130));
  for (int i = 0; i < 131; i++)
    sum += RESULT(i);
  return sum;
}

int main(void) {
  printf("%ld\n", coro_block_on(nine));
  printf("%ld\n", coro_block_on(many));
}
