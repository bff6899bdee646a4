// Allocations, waits and operations that fail on demand: the n-th alone, or all
// from there, each place once; what succeeded is given back.
// RUN: %coro %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/coro.h>
#include <coro/testing.h>
#include <errno.h>

static uint64_t refusals;

coro_boxed yields static void descend(int depth) {
  coro_yield_now();
  if (depth && !coro_try_box((void *)0, descend, depth - 1))
    refusals++;
}

static void run(coro_allocator *allocator) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_executor_set_allocator(&executor, allocator);
  coro_any_task task = coro_new(&coro_allocator_default, descend, 4);
  coro_job job;
  coro_executor_add(&executor, &job, task, NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_free(task);
}

static void allocations(bool on) {
  for (uint64_t at = 1;; at++) {
    coro_faulty_allocator faulty;
    coro_faulty_allocator_init(&faulty, &coro_allocator_default, at, on);
    refusals = 0;
    run(&faulty.allocator);
    CHECK(faulty.live == 0);
    if (faulty.faults.seen < at) {
      CHECK(at == 5 && !refusals);
      return;
    }
    CHECK(refusals == 1 && faulty.faults.seen == at);
  }
}

yields static int two_waits(void) {
  int first = coro_wait_fd(3, CORO_READABLE);
  int second = coro_wait_fd(4, CORO_READABLE);
  return (first == -EIO) + 2 * (second == -EIO);
}

static int waits(uint64_t at, bool on) {
  static const coro_fake_event script[] = {{10, 3, CORO_READABLE},
                                           {20, 4, CORO_READABLE}};
  static coro_fake fake;
  coro_fake_init(&fake, script, 2);
  coro_faulty_reactor faulty;
  coro_faulty_reactor_init(&faulty, &fake.reactor, at, on, -EIO);
  coro_executor executor;
  coro_executor_init(&executor, &faulty.reactor, &fake.timers);
  coro_job job;
  coro_task(two_waits) task;
  coro_start(&task, two_waits);
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(faulty.faults.seen == 2);
  return task.result;
}

/* Performs at once. */
static int submit(coro_completion *self, coro_operation *operation) {
  (void)self;
  coro_operation_finish_here(operation, operation->code + 1);
  return 0;
}
static int forget(coro_completion *self, coro_operation *operation) {
  (void)self, (void)operation;
  return 0;
}
static const coro_completion_ops at_once = {CORO_CAPABILITY_VERSION, submit,
                                            forget};

yields static int64_t perform(uint32_t code) {
  coro_operation operation = {.code = code};
  return coro_perform(&operation);
}

static int64_t operation_in(coro_completion *completion) {
  coro_context cx = CORO_CONTEXT_INIT;
  cx.completion = completion;
  coro_task(perform) task;
  coro_start(&task, perform, 41);
  CHECK(coro_poll(&task, &cx) == CORO_DONE);
  return task.result;
}

static int64_t operation(uint64_t at) {
  coro_completion inner = {&at_once};
  coro_faulty_completion faulty;
  coro_faulty_completion_init(&faulty, &inner, at, false, CORO_BUSY);
  return operation_in(&faulty.completion);
}

int main(void) {
  allocations(false);
  allocations(true);
  CHECK(waits(0, true) == 0 && waits(1, false) == 1);
  CHECK(waits(2, false) == 2 && waits(1, true) == 3);
  CHECK(operation(0) == 42 && operation(1) == CORO_BUSY);
  CHECK(operation_in(NULL) == CORO_NOT_OFFERED);
}
