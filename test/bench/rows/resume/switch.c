#include "switch.h"
#include "bench.h"

static void *main_stack, *counter_stack;
static _Alignas(16) char stack[1 << 16];

static void counter(void) {
  for (uint64_t total = 0;;) {
    total += bench_step;
    bench_sink = total;
    fiber_switch(&counter_stack, main_stack);
  }
}

uint64_t bench_run(uint64_t count) {
  counter_stack = fiber_new(stack, sizeof(stack), counter);
  for (uint64_t i = 0; i < count; i++)
    fiber_switch(&main_stack, counter_stack);
  return bench_sink;
}
