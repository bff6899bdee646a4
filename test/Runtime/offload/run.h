/* What the tests of offloading share: tasks in an executor with helpers. */
#ifndef CORO_TEST_OFFLOAD_H
#define CORO_TEST_OFFLOAD_H

#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static coro_executor executor;
static coro_helpers helpers;

static inline void open_helpers(coro_helpers_options options) {
  CHECK(coro_helpers_start(&helpers, &options) == 0);
  coro_executor_init(&executor, 0, 0);
  coro_executor_context(&executor)->offloader = &helpers.offloader;
}

static inline void close_helpers(void) {
  CHECK(coro_executor_run(&executor) == 0);
  CHECK(executor.jobs == 0);
  coro_executor_fini(&executor);
  coro_helpers_state now = coro_helpers_now(&helpers);
  CHECK(now.queued == 0 && now.waiting == 0);
  coro_helpers_stop(&helpers);
  CHECK(coro_helpers_now(&helpers).threads == 0);
}

#ifndef CORO_ERASE_EFFECTS
#define TASKS 64
static struct {
  coro_job job;
  coro_any_task task;
  coro_status ended; /* PENDING until it has */
} tasks[TASKS];
static int started;

static inline void on_end(coro_job *job, coro_status status) {
  *(coro_status *)job->user = status;
}

/* Has the executor run a task of coro_new: its number. */
static inline int begin(coro_any_task task) {
  CHECK(started < TASKS && task.frame);
  tasks[started].task = task;
  tasks[started].ended = CORO_PENDING;
  tasks[started].job.user = &tasks[started].ended;
  coro_executor_add(&executor, &tasks[started].job, task, on_end);
  return started++;
}
#define BEGIN(...) begin(coro_new(&coro_allocator_default, __VA_ARGS__))

static inline void free_tasks(void) {
  while (started)
    coro_free(tasks[--started].task);
}

#endif

/* Polls what is ready, without waiting. */
static inline void run_ready(void) {
  while (coro_executor_step(&executor))
    ;
}

static inline void wait_for(sem_t *semaphore) {
  while (sem_wait(semaphore))
    ;
}

#endif
