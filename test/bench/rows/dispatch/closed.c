// The slots of a closed set, which polls by a switch.
#include "kinds.h"

CORO_EXECUTOR(set, add, xor_with, shift, multiply);

uint64_t bench_run(uint64_t count) {
  static struct set_slot slots[TASKS];
  struct set set;
  set_init(&set, slots, TASKS, 0, 0);
  for (unsigned i = 0; i < TASKS; i++)
    switch (kind_of(i)) {
    case 0:
      coro_closed_spawn(&set, add, i, count / TASKS);
      break;
    case 1:
      coro_closed_spawn(&set, xor_with, i, count / TASKS);
      break;
    case 2:
      coro_closed_spawn(&set, shift, i, count / TASKS);
      break;
    default:
      coro_closed_spawn(&set, multiply, i, count / TASKS);
    }
  set_run(&set);
  set_fini(&set);
  return sum_values();
}
