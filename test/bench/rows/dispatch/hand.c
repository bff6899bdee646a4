// A list of those that are ready and a switch over what they are.
#include "bench.h"

enum { TASKS = 1000 };
enum kind { ADD, XOR, SHIFT, MULTIPLY };
struct task {
  struct task *next;
  uint64_t value, left;
  enum kind kind;
};

static struct task all[TASKS], *first, **last;

static void ready(struct task *self) {
  self->next = 0;
  *last = self;
  last = &self->next;
}

// True while it goes on.
static int poll(struct task *self) {
  if (!self->left)
    return 0;
  self->left--;
  switch (self->kind) {
  case ADD:
    self->value += bench_step;
    break;
  case XOR:
    self->value ^= bench_step + self->left;
    break;
  case SHIFT:
    self->value = self->value << 1 ^ bench_step;
    break;
  case MULTIPLY:
    self->value *= bench_step;
    break;
  }
  ready(self);
  return 1;
}

uint64_t bench_run(uint64_t count) {
  last = &first;
  for (unsigned i = 0; i < TASKS; i++) {
    all[i] = (struct task){0, i + 1, count / TASKS,
                           (enum kind)((i * UINT32_C(2654435761)) >> 30)};
    ready(&all[i]);
  }
  for (unsigned live = TASKS; live;) {
    struct task *task = first;
    first = task->next;
    if (!first)
      last = &first;
    live -= !poll(task);
  }
  uint64_t sum = 0;
  for (unsigned i = 0; i < TASKS; i++)
    sum += all[i].value;
  return sum;
}
