// Tasks by value in the slots of a closed set, in one array of the caller's.
#include "bench.h"
#include <coro/coro.h>
#include <stdlib.h>

static uint64_t sum;

static yields void work(uint64_t n) {
  uint64_t kept = n ^ bench_step;
  coro_yield_now();
  sum += kept;
}

CORO_EXECUTOR(set, work);

uint64_t bench_run(uint64_t count) {
  struct set set;
  struct set_slot *slots = malloc(count * sizeof(*slots));
  set_init(&set, slots, count, 0, 0);
  sum = 0;
  for (uint64_t i = 0; i < count; i++)
    coro_closed_spawn(&set, work, i);
  set_run(&set);
  set_fini(&set);
  free(slots);
  return sum;
}
