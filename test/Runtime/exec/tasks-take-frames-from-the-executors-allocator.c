// RUN: %coro %cflags %s -o %t %rt
// RUN: %t
// The default one, one that the program sets, or none.
#include "../check.h"
#include <coro/coro.h>

static int taken, held;
static void *allocate(coro_allocator *self, size_t size, size_t align) {
  (void)self;
  taken++;
  held++;
  return coro_allocator_default.ops->allocate(&coro_allocator_default, size,
                                              align);
}
static void release(coro_allocator *self, void *memory, size_t size,
                    size_t align) {
  (void)self;
  held--;
  coro_allocator_default.ops->release(&coro_allocator_default, memory, size,
                                      align);
}
static const coro_allocator_ops ops = {CORO_CAPABILITY_VERSION, allocate,
                                       release};
static coro_allocator counting = {&ops};

static coro_boxed yields int depth(int limit) {
  int below = 0;
  coro_yield_now();
  return limit && coro_try_box(&below, depth, limit - 1) ? below + 1 : 0;
}

static int run(coro_allocator *allocator, bool set) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  if (set)
    coro_executor_set_allocator(&executor, allocator);
  coro_task(depth) task;
  coro_start(&task, depth, 20);
  coro_job job;
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  return task.result;
}

int main(void) {
  CHECK(run(NULL, false) == 20 && taken == 0);
  CHECK(run(&counting, true) == 20 && taken == 20 && held == 0);
  CHECK(run(NULL, true) == 0 && taken == 20);
  return 0;
}
