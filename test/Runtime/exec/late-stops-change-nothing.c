// A stop that comes when nothing runs does not keep who steps the executor from
// looking at calls, inboxes and timers; one that a called function asks for
// ends the run at the next poll, also where it adds a job. A function that
// requests itself is called once between polls.
// RUN: %coro %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/coro.h>

enum { MANY = 100000, FEW = 200 };

static coro_executor executor;
static long polls;
static int stop_busy;

static yields void busy(void) {
  while (polls < MANY && !stop_busy) {
    polls++;
    coro_yield_now();
  }
}
static yields void end_busy(void) { stop_busy = 1; }
static yields void end_later(void) {
  coro_sleep(1);
  stop_busy = 1;
}

static coro_task(busy) busy_task;
static coro_job busy_job;

static void add_busy(void) {
  polls = stop_busy = 0;
  coro_start(&busy_task, busy);
  coro_executor_add(&executor, &busy_job, coro_erase(&busy_task), NULL);
}

static void run_late(void (*step)(void)) {
  coro_task(end_busy) quick;
  coro_task(end_later) slow;
  coro_job jobs[2];
  coro_inbox inbox;
  coro_executor_init(&executor, NULL, NULL);
  coro_inbox_open(&inbox, &executor);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_stop(&executor);
  add_busy();
  coro_start(&quick, end_busy);
  CHECK(!inbox.sender.ops->send(&inbox.sender, &jobs[0], coro_erase(&quick),
                                NULL));
  step();
  CHECK(polls < FEW);
  add_busy();
  coro_start(&slow, end_later);
  coro_executor_add(&executor, &jobs[1], coro_erase(&slow), NULL);
  step();
  CHECK(polls < MANY);
  coro_inbox_close(&inbox);
  coro_executor_fini(&executor);
}

static void by_runner(void) {
  CHECK(coro_runner_run(coro_executor_runner(&executor)) == 0);
}
static void by_step(void) {
  while (coro_executor_step(&executor))
    ;
}

static coro_call call;
static coro_job added;
static coro_task(end_busy) added_task;
static long asked = -1;

static void stops_and_adds(coro_call *self) {
  (void)self;
  asked = polls;
  coro_executor_stop(&executor);
  coro_start(&added_task, end_busy);
  coro_executor_add(&executor, &added, coro_erase(&added_task), NULL);
}

static yields void requests(void) {
  for (int i = 0; i < FEW; i++, polls++) {
    if (i == 10)
      coro_call_request(&call);
    coro_yield_now();
  }
}

static void stopped_by_a_call(void) {
  coro_task(requests) task;
  coro_job job;
  polls = 0;
  coro_executor_init(&executor, NULL, NULL);
  coro_call_init(&call, &executor, stops_and_adds);
  coro_start(&task, requests);
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_STOPPED);
  CHECK(asked >= 0 && polls - asked <= 2);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_call_end(&call);
  coro_executor_fini(&executor);
}

/* Adding a job takes what was woken, and with it the request. */
enum { AGAIN = 50 };
static yields void nothing(void) {}
static coro_job each[AGAIN];
static coro_task(nothing) tasks[AGAIN];
static int calls;

static void requests_itself(coro_call *self) {
  CHECK(calls - 2 <= polls);
  if (calls == AGAIN)
    return;
  coro_call_request(self);
  coro_start(&tasks[calls], nothing);
  coro_executor_add(&executor, &each[calls], coro_erase(&tasks[calls]), NULL);
  calls++;
}

static void called_once_between_polls(void) {
  coro_executor_init(&executor, NULL, NULL);
  coro_call_init(&call, &executor, requests_itself);
  add_busy();
  stop_busy = 0;
  coro_call_request(&call);
  for (int i = 0; i < 4 * AGAIN; i++) {
    coro_executor_step(&executor);
    polls = i;
    CHECK(calls == AGAIN || calls + 2 >= i); /* and soon */
  }
  CHECK(calls == AGAIN);
  stop_busy = 1;
  by_step();
  coro_call_end(&call);
  coro_executor_fini(&executor);
}

int main(void) {
  run_late(by_runner);
  run_late(by_step);
  stopped_by_a_call();
  called_once_between_polls();
}
