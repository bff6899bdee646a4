// One record for the three functions.
#include "bench.h"
#include <stdlib.h>

enum status { PENDING, DONE };
struct work {
  unsigned char state;
  uint64_t n, kept[2];
};

static APART enum status poll(struct work *self) {
  switch (self->state) {
  case 0:
    self->kept[0] = self->n * bench_step;
    self->kept[1] = self->n ^ bench_step;
    self->state = 1;
    return PENDING;
  case 1:
    self->n += bench_step + self->kept[1] + self->kept[0];
    self->state = 2;
    return DONE;
  default:
    __builtin_trap();
  }
}

uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
#ifdef SETUP
  static struct work task;
  for (uint64_t i = 0; i < count; i++) {
    task.state = 0;
    task.n = i;
    struct work *any = bench_opaque(&task);
    while (poll(any) == PENDING)
      ;
    sum += task.n;
  }
#else
  struct work *all = malloc(count * sizeof(*all));
  for (uint64_t i = 0; i < count; i++) {
    all[i].state = 0;
    all[i].n = i;
    sum += poll(&all[i]) == PENDING;
  }
  bench_opaque(all);
#endif
  return sum;
}
