// By hand there is no reason to go through the callers: what is resumed is the
// state of the lowest function, and how many wait for it is a constant. Flat,
// that is one switch; apart, each level is a record with the function to go on
// with, and the task knows the lowest record.
#include "bench.h"
#include "levels.h"

enum status { PENDING, DONE };
struct task;
struct record {
  enum status (*resume)(struct task *, struct record *);
  struct record *caller;
};
struct leaf {
  struct record head;
  unsigned char state;
  uint64_t total;
  const uint64_t *step;
};
struct task {
  struct record *lowest;
  struct record callers[DEPTH];
  struct leaf leaf;
  uint64_t result;
};

static enum status leaf(struct leaf *self, uint64_t *result) {
  switch (self->state) {
  case 0:
    self->total = 0;
    break;
  case 1:
    break;
  default:
    __builtin_trap();
  }
  if (*self->step) {
    self->total += *self->step;
    bench_sink = self->total;
    self->state = 1;
    return PENDING;
  }
  *result = self->total;
  self->state = 2;
  return DONE;
}

#ifdef EMBEDDED
static enum status resume_leaf(struct task *task, struct record *self) {
  enum status status = leaf((struct leaf *)self, &task->result);
  if (status == DONE)
    task->lowest = self->caller;
  return status;
}
static enum status resume_caller(struct task *task, struct record *self) {
  task->result++;
  task->lowest = self->caller;
  return DONE;
}

// The calls: each caller puts its record below that of its own caller.
static void begin(struct task *task) {
  struct record *caller = 0;
  for (int i = 0; i < DEPTH; i++) {
    task->callers[i] = (struct record){resume_caller, caller};
    caller = &task->callers[i];
  }
  task->leaf.head = (struct record){resume_leaf, caller};
  task->lowest = &task->leaf.head;
}
static enum status poll(struct task *task) {
  enum status status;
  while ((status = task->lowest->resume(task, task->lowest)) == DONE)
    if (!task->lowest)
      break;
  return status;
}
#else
static void begin(struct task *task) { (void)task; }
static enum status poll(struct task *task) {
  enum status status = leaf(&task->leaf, &task->result);
  if (status == DONE)
    task->result += DEPTH - 1;
  return status;
}
#endif

struct type {
  enum status (*poll)(struct task *);
};
static const struct type type = {poll};

uint64_t bench_run(uint64_t count) {
  static struct task task;
  task.leaf = (struct leaf){.step = &bench_step};
  begin(&task);
  const struct type *any = bench_opaque((void *)&type);
  for (uint64_t i = 0; i < count; i++)
    if (any->poll(&task) == DONE)
      bench_sink = task.result;
  return bench_sink;
}
