// Each helper has a row in a trace, with the works it ran under the names of
// their functions, for which task, and arrows to the polls that followed. So
// has a work whose task was cancelled meanwhile, and one that is not over.
// RUN: %coro %cflags -DCORO_TRACE -O2 %s %rt_trace -o %t && %t > %t.trace
// RUN: %python %S/Inputs/check-works.py %build/bin/coro-trace %t.trace crunch copy
// RUN: llvm-strip %t -o %t.bare && %t.bare > %t.bare.trace
// RUN: %python %S/Inputs/check-works.py %build/bin/coro-trace %t.bare.trace "a function" "a function"
// RUN: %coro %cflags -DCORO_TRACE -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan > %t.tsan.trace
// RUN: %python %S/Inputs/check-works.py %build/bin/coro-trace %t.tsan.trace crunch copy
#include "../check.h"

#include <coro/coro.h>
#include <coro/trace.h>
#include <unistd.h>

enum { TASKS = 6, ROUNDS = 5 };

static int __attribute__((noinline)) crunch(int n) {
  usleep(300);
  return 2 * n;
}

static void copy(coro_work *work) {
  (void)work;
  usleep(100);
}

static yields void offloads(int n) {
  for (int i = 0; i < ROUNDS; i++) {
    CHECK(coro_offload(crunch, n) == 2 * n);
    coro_work work;
    coro_work_init(&work, copy);
    CHECK(!coro_offload_work(&work));
  }
}

/* It runs when the limit is over, and is waited for all the same. */
static yields void calls(void) { (void)coro_offload(crunch, 1); }
static yields void loses_patience(void) {
  coro_task(calls) task;
  coro_start(&task, calls);
  (void)coro_timeout(100 * CORO_MICROSECOND, &task);
}

int main(void) {
  static coro_loop loop;
  coro_helpers helpers;
  CHECK(!coro_trace_begin(8, 1 << 12));
  CHECK(!coro_loop_init(&loop));
  CHECK(!coro_helpers_start(&helpers, &(coro_helpers_options){.max = 3}));
  coro_executor_context(&loop.executor)->offloader = &helpers.offloader;
  coro_task(offloads) tasks[TASKS];
  coro_task(loses_patience) impatient;
  coro_job jobs[TASKS + 1];
  for (int n = 0; n < TASKS; n++) {
    coro_start(&tasks[n], offloads, n);
    coro_loop_add(&loop, &jobs[n], coro_erase(&tasks[n]), NULL);
  }
  coro_start(&impatient, loses_patience);
  coro_loop_add(&loop, &jobs[TASKS], coro_erase(&impatient), NULL);
  CHECK(coro_loop_run(&loop) == CORO_RUN_FINISHED);
  coro_helpers_stop(&helpers);
  coro_loop_fini(&loop);
  CHECK(!coro_trace_write(STDOUT_FILENO));
}
