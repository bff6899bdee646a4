// Where the context has no timers nobody watches the clock: sleeps and forms
// with a limit say so, coro_timeout says that it was not done in time, and the
// thread, which has other tasks, is not blocked. What can be had at once is
// had, also after giving way; CORO_FOREVER needs no clock.
// RUN: %corocc %cflags -O0 %s -o %t0 && %t0
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
#include "../check.h"

#include <coro/coro.h>

static coro_mutex mutex = CORO_MUTEX_INIT, held = CORO_MUTEX_INIT;
static coro_semaphore one = CORO_SEMAPHORE_INIT(1);
static coro_event unset = CORO_EVENT_INIT;
static coro_channel channel;
static bool checked;

static yields int suspends(int n) {
  while (n--)
    coro_yield_now();
  return 5;
}

static yields void sleeps_say_so(void) {
  CHECK(coro_sleep(CORO_SECOND) == CORO_NOT_OFFERED);
  CHECK(coro_sleep(0) == CORO_NOT_OFFERED);
  CHECK(coro_sleep_until(coro_now() + CORO_SECOND) == CORO_NOT_OFFERED);
  CHECK(coro_sleep_until(coro_now()) == 0);
  coro_interval beats = coro_interval_every(coro_self(), CORO_SECOND);
  CHECK(coro_interval_wait(&beats) == 0);
}

static yields void limits_say_so(void) {
  int value = 0;
  CHECK(coro_mutex_lock_for(&held, CORO_SECOND) == CORO_NOT_OFFERED);
  CHECK(coro_semaphore_acquire_for(&one, 2, CORO_SECOND) == CORO_NOT_OFFERED);
  CHECK(coro_event_wait_for(&unset, CORO_SECOND) == CORO_NOT_OFFERED);
  CHECK(coro_channel_receive_for(&channel, &value, CORO_SECOND) ==
        CORO_NOT_OFFERED);
  for (int i = 0; i < 1000; i++) { /* with and without fuel */
    CHECK(coro_mutex_lock_for(&mutex, CORO_SECOND) == 0);
    coro_mutex_unlock(&mutex);
    CHECK(coro_channel_send_for(&channel, &i, CORO_SECOND) == 0);
    CHECK(coro_channel_receive_for(&channel, &value, 1) == 0 && value == i);
  }
}

static yields void time_outs_are_over(void) {
  coro_task(suspends) task;
  coro_start(&task, suspends, 0);
  CHECK(coro_timeout(CORO_SECOND, &task) && task.result == 5);
  coro_start(&task, suspends, 5);
  CHECK(!coro_timeout(CORO_SECOND, &task));
  coro_start(&task, suspends, 5);
  CHECK(coro_timeout(CORO_FOREVER, &task) && task.result == 5);
}

static yields void wants(void) {
  CHECK(!coro_self()->timers);
  sleeps_say_so();
  limits_say_so();
  time_outs_are_over();
  CHECK(coro_mutex_lock_for(&held, CORO_FOREVER) == 0);
  coro_mutex_unlock(&held);
  checked = true;
}

static yields void holds(void) {
  coro_mutex_lock(&held);
  while (!held.queue.first || !held.queue.first->next)
    coro_yield_now();
  coro_mutex_unlock(&held);
}

static yields void waits_behind(void) {
  coro_mutex_lock(&held);
  coro_mutex_unlock(&held);
}

static yields void waits_for_ever(void) { coro_sleep(CORO_FOREVER); }

int main(void) {
  static int room[4];
  coro_channel_init(&channel, room, sizeof(int), 4);
  uint64_t start = coro_now();
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_executor_context(&executor)->timers = NULL;
  coro_task(holds) holder;
  coro_task(waits_behind) other;
  coro_task(wants) task;
  coro_task(waits_for_ever) last;
  coro_job jobs[4];
  coro_start(&holder, holds);
  coro_start(&other, waits_behind);
  coro_start(&task, wants);
  coro_start(&last, waits_for_ever);
  coro_executor_add(&executor, &jobs[0], coro_erase(&holder), NULL);
  coro_executor_add(&executor, &jobs[1], coro_erase(&other), NULL);
  coro_executor_add(&executor, &jobs[2], coro_erase(&task), NULL);
  while (coro_executor_step(&executor))
    ;
  CHECK(checked && coro_executor_jobs(&executor) == 0);
  coro_executor_add(&executor, &jobs[3], coro_erase(&last), NULL);
  while (coro_executor_step(&executor))
    ;
  CHECK(coro_executor_jobs(&executor) == 1);
  CHECK(coro_executor_shutdown(&executor, CORO_FOREVER) == 0);
  coro_executor_fini(&executor);
  CHECK(coro_now() - start < CORO_SECOND);

  /* Nor has who is resumed by hand: the call says so instead of blocking. */
  coro_task(waits_for_ever) by_hand;
  coro_start(&by_hand, waits_for_ever);
  coro_context idle = coro_context_idle;
  CHECK(coro_poll(&by_hand, &idle) == CORO_PENDING);
  coro_cancel_any(coro_erase(&by_hand), &idle);
}
