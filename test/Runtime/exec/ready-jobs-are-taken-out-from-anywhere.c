// Jobs leave the ready queue from its front, its middle and its back, beside
// other jobs and slots, from outside and during polls, by coro_job_remove and
// coro_job_cancel_now; what is left runs in the order in which it became ready.
// A model of the queue says who is next. The storage of a job is freed at once.
// RUN: %clang %cflags -O1 -fsanitize=address,undefined %s %rt_src -o %t && %t
#include "../check.h"

#include <coro/executor.h>

enum { TASKS = 12, SLOTS = 4, ROUNDS = 60000 };
enum state { IDLE, WAITS, READY, RUNS };

struct task {
  coro_runnable *run; /* a job's, or a slot's */
  enum state state;
  bool ending; /* is to be cancelled in its turn */
};
struct slot {
  coro_runnable run;
  unsigned char which;
};

static coro_executor executor;
static struct task tasks[TASKS];
static unsigned queue[TASKS], queued;
static uint64_t seed = 1;

static unsigned any(unsigned n) { return (unsigned)(next_random(&seed) % n); }

static void becomes_ready(unsigned i) {
  tasks[i].state = READY;
  queue[queued++] = i;
}

static void leaves_queue(unsigned i) {
  unsigned left = 0;
  for (unsigned at = 0; at < queued; at++)
    if (queue[at] != i)
      queue[left++] = queue[at];
  queued = left;
}

static void is_over(unsigned i) {
  free(tasks[i].run);
  tasks[i] = (struct task){NULL, IDLE, false};
}

static coro_status poll(void *frame, coro_context *cx);
static const coro_descriptor by_hand = BY_HAND(unsigned char, poll);

static void add(unsigned i) {
  static unsigned char names[TASKS];
  names[i] = (unsigned char)i;
  if (i < SLOTS) {
    struct slot *slot = calloc(1, sizeof(*slot));
    slot->which = (unsigned char)i;
    tasks[i].run = &slot->run;
    coro_executor_add_slot(&executor, &slot->run,
                           (coro_any_task){&slot->which, &by_hand});
  } else {
    coro_job *job = malloc(sizeof(*job));
    memset(job, 0xee, sizeof(*job));
    tasks[i].run = &job->run;
    coro_executor_add(&executor, job, (coro_any_task){&names[i], &by_hand}, 0);
  }
  becomes_ready(i);
}

static unsigned taken_out[2];

static void take_out(unsigned i) {
  coro_job *job = (coro_job *)tasks[i].run;
  bool now = any(2);
  int result = now ? coro_job_cancel_now(job) : coro_job_remove(job);
  if (tasks[i].state == RUNS) {
    CHECK(result == CORO_BUSY);
    tasks[i].ending |= now;
    return;
  }
  CHECK(result == 0);
  taken_out[tasks[i].state == READY]++;
  leaves_queue(i);
  is_over(i);
}

static void do_anything(void) {
  unsigned i = any(TASKS);
  if (tasks[i].state == IDLE)
    add(i);
  else if (i >= SLOTS && any(2) && (tasks[i].state != RUNS || any(8) == 0))
    take_out(i);
  else if (tasks[i].state == WAITS) {
    coro_wake_local((coro_waker){executor.context.waker.ops, tasks[i].run});
    becomes_ready(i);
  }
}

static bool over;

/* The task that runs takes out others, and is over, or woken, or not. */
static coro_status poll(void *frame, coro_context *cx) {
  unsigned i = *(unsigned char *)frame;
  CHECK(cx->waker.data == tasks[i].run && !tasks[i].ending);
  CHECK(queued && queue[0] == i);
  leaves_queue(i);
  tasks[i].state = RUNS;
  for (unsigned n = any(4); n; n--)
    do_anything();
  over = any(4) == 0;
  if (over)
    return CORO_DONE;
  tasks[i].state = WAITS;
  if (tasks[i].ending || any(2)) {
    coro_wake_local(cx->waker);
    becomes_ready(i);
  }
  return CORO_PENDING;
}

static void step(void) {
  bool expected = queued;
  unsigned next = queue[0];
  over = expected && tasks[next].ending;
  if (over)
    leaves_queue(next);
  CHECK(coro_executor_step(&executor) == expected);
  if (over)
    is_over(next);
}

int main(void) {
  coro_executor_init(&executor, NULL, NULL);
  for (unsigned i = 0; i < ROUNDS; i++) {
    do_anything();
    if (any(3) == 0)
      step();
  }
  CHECK(taken_out[0] > 100 && taken_out[1] > 100);
  while (queued)
    step();
  for (unsigned i = SLOTS; i < TASKS; i++)
    if (tasks[i].state == WAITS)
      take_out(i);
  CHECK(coro_executor_jobs(&executor) <= SLOTS); /* slots that wait */
  coro_executor_fini(&executor);
  for (unsigned i = 0; i < SLOTS; i++)
    is_over(i);
}
