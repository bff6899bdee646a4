#include "switch.h"
#include "bench.h"
#include "levels.h"

static void *main_stack, *task_stack;
static _Alignas(16) char stack[1 << 16];

static LEVEL uint64_t level1(const uint64_t *step) {
  uint64_t total = 0;
  while (*step) {
    total += *step;
    bench_sink = total;
    fiber_switch(&task_stack, main_stack);
  }
  return total;
}

#define UP(n, below)                                                           \
  static LEVEL uint64_t level##n(const uint64_t *step) {                       \
    return level##below(step) + 1;                                             \
  }
LEVELS(UP)

static void root(void) {
  bench_sink = TOP(level)(&bench_step);
  fiber_switch(&task_stack, main_stack);
}

uint64_t bench_run(uint64_t count) {
  task_stack = fiber_new(stack, sizeof(stack), root);
  for (uint64_t i = 0; i < count; i++)
    fiber_switch(&main_stack, task_stack);
  return bench_sink;
}
