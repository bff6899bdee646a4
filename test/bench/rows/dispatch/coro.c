// Jobs of the runtime's executor, which polls each by its descriptor.
#include "kinds.h"

static struct {
  coro_job job;
  union {
    coro_task(add) add;
    coro_task(xor_with) xor_with;
    coro_task(shift) shift;
    coro_task(multiply) multiply;
  } task;
} all[TASKS];

static coro_any_task start(unsigned i, uint64_t left) {
  switch (kind_of(i)) {
  case 0:
    coro_start(&all[i].task.add, add, i, left);
    return coro_erase(&all[i].task.add);
  case 1:
    coro_start(&all[i].task.xor_with, xor_with, i, left);
    return coro_erase(&all[i].task.xor_with);
  case 2:
    coro_start(&all[i].task.shift, shift, i, left);
    return coro_erase(&all[i].task.shift);
  default:
    coro_start(&all[i].task.multiply, multiply, i, left);
    return coro_erase(&all[i].task.multiply);
  }
}

uint64_t bench_run(uint64_t count) {
  coro_executor executor;
  coro_executor_init(&executor, 0, 0);
  for (unsigned i = 0; i < TASKS; i++)
    coro_executor_add(&executor, &all[i].job, start(i, count / TASKS), 0);
  coro_executor_run(&executor);
  coro_executor_fini(&executor);
  return sum_values();
}
