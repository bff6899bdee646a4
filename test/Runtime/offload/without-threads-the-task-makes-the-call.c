// Where the system has no more threads, work is refused, and coro_offload calls
// the function on the task's own thread. Nothing is left in the queue.
// RUN: %corocc %cflags -O1 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fplugin-arg-coro-poison-dead %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
#include "run.h"

#include <errno.h>

/* In the place of the system's. */
static int asked;
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*run)(void *), void *argument) {
  (void)thread, (void)attributes, (void)run, (void)argument;
  asked++;
  return EAGAIN;
}

static int ran;
static int count(int by) { return ran += by; }
static void run(coro_work *work) {
  (void)work;
  ran = -1;
}
static yields int wait_both(void) {
  int n = coro_offload(count, 3);
  coro_work work;
  coro_work_init(&work, run);
  CHECK(coro_offload_work(&work) == CORO_REFUSED);
  return n;
}

int main(void) {
  CHECK(coro_helpers_start(&helpers, &(coro_helpers_options){.min = 1}) ==
        CORO_REFUSED);
  CHECK(asked == 1);
  open_helpers((coro_helpers_options){0});
  CHECK(asked == 1);
  int task = BEGIN(wait_both);
  CHECK(coro_executor_run(&executor) == 0);
  CHECK(tasks[task].ended == CORO_DONE);
  CHECK(*(int *)coro_result_any(tasks[task].task) == 3 && ran == 3);
  CHECK(asked == 3 && coro_helpers_now(&helpers).queued == 0);
  free_tasks();
  close_helpers();
}
