// In a fiber a call is a call.
#include "switch.h"
#include "bench.h"

static void *main_stack, *task_stack;
static _Alignas(16) char stack[1 << 16];
static uint64_t wanted, result;

static APART uint64_t next(uint64_t n) {
  if (__builtin_expect(bench_never != 0, 0))
    fiber_switch(&task_stack, main_stack);
  return n + bench_step;
}

static void loop(void) {
  uint64_t total = 0;
  for (uint64_t i = 0; i < wanted; i++)
    total = next(total);
  result = total;
  fiber_switch(&task_stack, main_stack);
}

uint64_t bench_run(uint64_t count) {
  task_stack = fiber_new(stack, sizeof(stack), loop);
  wanted = count;
  fiber_switch(&main_stack, task_stack);
  return result;
}
