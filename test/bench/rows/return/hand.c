// By hand: flat, one switch. Apart, a function for each level that begins the
// one below, and one that goes on when that has a result; who goes on is in the
// record of whoever returns.
#include "bench.h"
#include "levels.h"

enum status { PENDING, DONE };

struct task;
struct record {
  void (*resume)(struct task *, struct record *);
  struct record *caller;
};
struct task {
  unsigned char state;
  uint64_t total, argument, result;
  struct record *lowest;
  struct record records[DEPTH + 1];
};

#ifdef EMBEDDED
static void returned(struct task *task, struct record *self) {
  task->lowest = self->caller;
}
static APART void resume1(struct task *task, struct record *self) {
  task->result = task->argument + bench_step;
  returned(task, self);
}
static APART void begin1(struct task *task, struct record *caller) {
  task->records[1] = (struct record){resume1, caller};
  task->lowest = &task->records[1];
}
#define UP(n, below)                                                           \
  static APART void resume##n(struct task *task, struct record *self) {        \
    task->result++;                                                            \
    returned(task, self);                                                      \
  }                                                                            \
  static APART void begin##n(struct task *task, struct record *caller) {       \
    task->records[n] = (struct record){resume##n, caller};                     \
    begin##below(task, &task->records[n]);                                     \
  }
LEVELS(UP)

static void begin(struct task *task) {
  task->argument = task->total;
  TOP(begin)(task, 0);
}
static uint64_t end(struct task *task) {
  while (task->lowest)
    task->lowest->resume(task, task->lowest);
  return task->result;
}
#else
static void begin(struct task *task) { task->argument = task->total; }
static uint64_t end(struct task *task) {
  return task->argument + bench_step + DEPTH - 1;
}
#endif

static enum status poll(struct task *task) {
  switch (task->state) {
  case 0:
    task->total = 0;
    task->state = 1;
    break;
  case 1:
    task->total = end(task);
    bench_sink = task->total;
    break;
  default:
    __builtin_trap();
  }
  begin(task);
  return PENDING;
}

struct type {
  enum status (*poll)(struct task *);
};
static const struct type type = {poll};

uint64_t bench_run(uint64_t count) {
  static struct task task;
  task.state = 0;
  const struct type *any = bench_opaque((void *)&type);
  for (uint64_t i = 0; i <= count; i++)
    any->poll(&task);
  return bench_sink;
}
