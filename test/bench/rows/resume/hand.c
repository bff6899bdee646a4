// The switch one would write, behind a table of functions.
#include "bench.h"

enum status { PENDING, DONE };
struct context;
struct type {
  enum status (*poll)(void *self, struct context *cx);
};

enum state { BEGIN, WAITS };
struct counter {
  unsigned char state;
  uint64_t total;
  const uint64_t *step;
};

static enum status poll(void *frame, struct context *cx) {
  (void)cx;
  struct counter *self = frame;
  switch (self->state) {
  case BEGIN:
    self->total = 0;
    break;
  case WAITS:
    break;
  default:
    __builtin_trap();
  }
  self->total += *self->step;
  bench_sink = self->total;
  self->state = WAITS;
  return PENDING;
}

static const struct type counter = {poll};

uint64_t bench_run(uint64_t count) {
  static struct counter task;
  task = (struct counter){BEGIN, 0, &bench_step};
  const struct type *type = bench_opaque((void *)&counter);
  for (uint64_t i = 0; i < count; i++)
    type->poll(&task, 0);
  return bench_sink;
}
