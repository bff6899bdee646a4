// Fibers with stacks of 16 kB, 10,000 at once: a million such stacks would not
// fit. The stacks are kept for the next ones.
#include "switch.h"
#include "bench.h"
#include <stdlib.h>

enum { STACK = 16384, AT_ONCE = 10000 };

static void *main_stack, *stacks[AT_ONCE];
static uint64_t running, sum, argument;

static void work(void) {
  uint64_t kept = argument ^ bench_step;
  fiber_switch(&stacks[running], main_stack);
  sum += kept;
  fiber_switch(&stacks[running], main_stack);
}

uint64_t bench_run(uint64_t count) {
  static void *memory[AT_ONCE];
  sum = 0;
  for (uint64_t begin = 0; begin < count; begin += AT_ONCE) {
    uint64_t n = count - begin < AT_ONCE ? count - begin : AT_ONCE;
    for (running = 0; running < n; running++) {
      if (!memory[running])
        memory[running] = aligned_alloc(16, STACK);
      stacks[running] = fiber_new(memory[running], STACK, work);
      argument = begin + running;
      fiber_switch(&main_stack, stacks[running]);
    }
    for (running = 0; running < n; running++)
      fiber_switch(&main_stack, stacks[running]);
  }
  return sum;
}
