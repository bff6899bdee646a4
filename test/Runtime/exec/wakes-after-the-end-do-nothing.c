// A waker is good as long as the storage of what it wakes, also when the task
// is done: called twice, by its own thread, by another one and by a signal
// handler it does nothing, and the storage serves the next task.
// RUN: %coro %cflags -O2 %s %rt -o %t
// RUN: %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_src -o %t
// RUN: %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_src -o %t
// RUN: %t
#include "../check.h"

#include <coro/coro.h>
#include <coro/pool.h>

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

static coro_waker kept;
static int polls;

static yields void waits_once(void) {
  kept = coro_self()->waker;
  coro_yield_now();
  polls++;
}

CORO_EXECUTOR(set, waits_once);

static void on_signal(int number) {
  (void)number;
  coro_wake(kept);
}

static void *wake_it(void *nothing) {
  (void)nothing;
  coro_wake(kept);
  coro_wake(kept);
  return NULL;
}

static void wake_late(void) {
  coro_wake(kept);
  coro_wake_local(kept);
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, wake_it, NULL) == 0);
  CHECK(pthread_join(thread, NULL) == 0);
  CHECK(raise(SIGUSR1) == 0);
}

static void a_job(void) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_task(waits_once) task;
  coro_job job;
  for (int round = 1; round <= 2; round++) {
    polls = 0;
    coro_start(&task, waits_once);
    coro_executor_add(&executor, &job, coro_erase(&task), NULL);
    CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
    wake_late();
    CHECK(!coro_executor_step(&executor) && polls == 1);
  }
  coro_executor_fini(&executor);
}

static void a_spawned_task_that_is_kept(void) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  polls = 0;
  coro_spawned *spawned =
      coro_spawn_on(&executor.spawner, &coro_allocator_default, waits_once);
  CHECK(spawned);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  wake_late();
  CHECK(!coro_executor_step(&executor) && polls == 1);
  coro_detach(spawned);
  coro_executor_fini(&executor);
}

static void a_slot_of_a_closed_set(void) {
  struct set set;
  struct set_slot slots[1];
  set_init(&set, slots, 1, NULL, NULL);
  for (int round = 1; round <= 2; round++) {
    polls = 0;
    CHECK(coro_closed_spawn(&set, waits_once));
    CHECK(set_run(&set) == CORO_RUN_FINISHED);
    wake_late();
    CHECK(polls == 1);
  }
  set_fini(&set);
}

static void note(coro_job *job, coro_status status) {
  CHECK(status == CORO_DONE);
  __atomic_store_n((int *)job->user, 1, __ATOMIC_RELEASE);
}

static void a_job_of_a_pool(void) {
  int error = 0, done = 0;
  coro_pool *pool = coro_pool_open(NULL, &error);
  CHECK(pool);
  polls = 0;
  coro_task(waits_once) task;
  coro_job job = {.user = &done};
  coro_start(&task, waits_once);
  CHECK(coro_pool_send(pool, &job, coro_erase(&task), note) == 0);
  while (!__atomic_load_n(&done, __ATOMIC_ACQUIRE))
    sched_yield();
  coro_wake(kept);
  wake_it(NULL);
  CHECK(raise(SIGUSR1) == 0);
  coro_pool_stop(pool, CORO_FOREVER);
  CHECK(coro_pool_join(pool) == 0 && polls == 1);
  coro_pool_close(pool);
}

int main(void) {
  CHECK(signal(SIGUSR1, on_signal) != SIG_ERR);
  a_job();
  a_spawned_task_that_is_kept();
  a_slot_of_a_closed_set();
  a_job_of_a_pool();
  return 0;
}
