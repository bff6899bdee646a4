#include "switch.h"
#include "bench.h"
#include "levels.h"

static void *main_stack, *task_stack;
static _Alignas(16) char stack[1 << 16];

static LEVEL uint64_t level1(uint64_t n) {
  fiber_switch(&task_stack, main_stack);
  return n + bench_step;
}

#define UP(n, below)                                                           \
  static LEVEL uint64_t level##n(uint64_t n_) { return level##below(n_) + 1; }
LEVELS(UP)

static void root(void) {
  for (uint64_t total = 0;; bench_sink = total)
    total = TOP(level)(total);
}

uint64_t bench_run(uint64_t count) {
  task_stack = fiber_new(stack, sizeof(stack), root);
  for (uint64_t i = 0; i <= count; i++)
    fiber_switch(&main_stack, task_stack);
  return bench_sink;
}
