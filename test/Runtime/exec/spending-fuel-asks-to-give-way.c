// Each poll may do a bounded number of operations; without an executor there is
// no bound. Where nobody ever fills a context, as one made by hand, what is
// done gives way once and then goes on.
// RUN: %clang %cflags %s %rt -o %t && %t
#include "../check.h"

#include <coro/executor.h>
#include <coro/offload.h>
#include <coro/scope.h>

static int spent[2], polls;

static coro_status poll_greedy(void *frame, coro_context *cx) {
  (void)frame;
  while (spent[polls] < 1000 && coro_spend(cx))
    spent[polls]++;
  coro_wake(cx->waker);
  return ++polls == 2 ? CORO_DONE : CORO_PENDING;
}

static const coro_descriptor greedy = BY_HAND(int, poll_greedy);

static void check_goes_on(coro_future *future, coro_context *empty) {
  for (int i = 0; i < 3; i++) {
    CHECK(future->poll(future, empty) == CORO_PENDING);
    CHECK(future->poll(future, empty) == CORO_DONE);
  }
}

static void run_nothing(coro_work *work) { (void)work; }
static coro_status be_done(void *frame, coro_context *cx) {
  (void)frame;
  (void)cx;
  return CORO_DONE;
}
static const coro_descriptor at_once = BY_HAND(int, be_done);

static void check_empty_contexts(coro_executor *executor) {
  coro_context empty = *coro_executor_context(executor);
  empty.waker = (coro_waker){&coro_waker_noop, NULL};
  empty.fuel = 0;
  coro_work work;
  coro_work_init(&work, run_nothing);
  check_goes_on(&work.future, &empty);
  coro_scope scope = coro_scope_open(&empty, 0);
  check_goes_on(&scope.all.future, &empty);
  check_goes_on(&scope.next.future, &empty);
  coro_spawned spawned;
  coro_any_task task = {&polls, &at_once};
  CHECK(!coro_spawn_any(&spawned, empty.spawner, task));
  CHECK(coro_executor_run(executor) == CORO_RUN_FINISHED);
  check_goes_on(&spawned.future, &empty);
}

int main(void) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_job job;
  coro_executor_add(&executor, &job, (coro_any_task){&polls, &greedy}, NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(spent[0] == spent[1] && spent[0] > 0 && spent[0] < 1000);
  check_empty_contexts(&executor);
  coro_executor_fini(&executor);
  coro_context none = CORO_CONTEXT_INIT;
  for (int i = 0; i < 1000; i++)
    CHECK(coro_spend(&none));
}
