// Each poll may do a bounded number of operations; without an executor there is
// no bound.
// RUN: %clang %cflags %s %rt -o %t && %t
#include "../check.h"

#include <coro/executor.h>

static int spent[2], polls;

static coro_status poll_greedy(void *frame, coro_context *cx) {
  (void)frame;
  while (spent[polls] < 1000 && coro_spend(cx))
    spent[polls]++;
  coro_wake(cx->waker);
  return ++polls == 2 ? CORO_DONE : CORO_PENDING;
}

static const coro_descriptor greedy = BY_HAND(int, poll_greedy);

int main(void) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_job job;
  coro_executor_add(&executor, &job, (coro_any_task){&polls, &greedy}, NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(spent[0] == spent[1] && spent[0] > 0 && spent[0] < 1000);
  coro_context none = CORO_CONTEXT_INIT;
  for (int i = 0; i < 1000; i++)
    CHECK(coro_spend(&none));
}
