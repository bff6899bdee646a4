// Functions that yield call each other like any others.
#include <coro/coro.h>
#include <stdio.h>

static int arrived[4], first, last;

// The next number that arrives. Waits while there is none.
static yields int next_number(void) {
  while (first == last)
    coro_suspend();
  return arrived[first++];
}

static yields void add_pair(int *sum) {
  int left = next_number();
  *sum = left + next_number();
}

static yields int add_four(void) {
  int pair, total;
  add_pair(&pair);
  total = pair;
  add_pair(&pair);
  return total + pair;
}

int main(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_task(add_four) task;
  coro_start(&task, add_four);
  while (coro_poll(&task, &cx) == CORO_PENDING) {
    arrived[last] = 10 * (last + 1);
    printf("waits; %d arrives\n", arrived[last]);
    last++;
  }
  printf("sum %d, frame %zu bytes\n", task.result, sizeof(task));

  first = last = 0;
  while (last < 4)
    arrived[last++] = 1;
  printf("sum %d\n", coro_block_on(add_four));
}
