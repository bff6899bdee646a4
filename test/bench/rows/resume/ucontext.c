#include "bench.h"
#include <ucontext.h>

static ucontext_t main_context, counter_context;
static char stack[1 << 16];

static void counter(void) {
  for (uint64_t total = 0;;) {
    total += bench_step;
    bench_sink = total;
    swapcontext(&counter_context, &main_context);
  }
}

uint64_t bench_run(uint64_t count) {
  getcontext(&counter_context);
  counter_context.uc_stack.ss_sp = stack;
  counter_context.uc_stack.ss_size = sizeof(stack);
  makecontext(&counter_context, counter, 0);
  for (uint64_t i = 0; i < count; i++)
    swapcontext(&main_context, &counter_context);
  return bench_sink;
}
