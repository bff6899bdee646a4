// The same for fibers whose stacks are STACK bytes, taken by stack_new and
// given back by stack_delete.
#include "bench.h"
#include "switch.h"

static void *main_stack, *fiber_stack;
static uint64_t argument, result;

static APART uint64_t leaf(uint64_t n) {
  fiber_switch(&fiber_stack, main_stack);
  return n + bench_step;
}
static APART uint64_t middle(uint64_t n) {
  uint64_t kept = n ^ bench_step;
  return leaf(n) + kept;
}
static APART uint64_t work(uint64_t n) {
  uint64_t kept = n * bench_step;
  return middle(n) + kept;
}
static void begin(void) {
  result = work(argument);
  fiber_switch(&fiber_stack, main_stack);
}

uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
  for (uint64_t i = 0; i < count; i++) {
    void *stack = stack_new();
    argument = i;
    fiber_switch(&main_stack, fiber_new(stack, STACK, begin));
#ifdef SETUP
    fiber_switch(&main_stack, fiber_stack);
    sum += result;
    stack_delete(stack);
#else
    sum++;
    bench_opaque(fiber_stack);
#endif
  }
  return sum;
}
