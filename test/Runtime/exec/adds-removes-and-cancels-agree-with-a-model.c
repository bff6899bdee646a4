// Jobs are added, woken, here and as if from elsewhere, removed and cancelled,
// in their turn or here and now, at random: by other jobs, by themselves, by
// the cleanups of those that are cancelled, by who hears of ends, and from
// outside. Each is polled if and only if there was a reason, and told to end
// once; over the executor's queue, one that a seed permutes, and one that
// cannot take out what is ready.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %clang %cflags -O2 %s %rt -o %t.fast && %t.fast
#include "../check.h"

#include <coro/executor.h>
#include <coro/testing.h>

enum { JOBS = 10, STEPS = 3000, SEEDS = 40, DEPTH = 4 };

static struct entry {
  coro_job job;
  bool in;     /* the model: added and not done, */
  bool ready;  /* to be polled, or cancelled, some time, */
  bool far;    /* perhaps as it was woken from elsewhere, */
  bool ending; /* cancelled, */
  int active;  /* being polled or cancelled, on the stack */
} entries[JOBS];

static enum kind { QUEUE, SEEDED, NO_REMOVE, KINDS } kind;
static coro_executor executor;
static uint64_t seed;
static int depth;
static bool shuts; /* what is added now is cancelled, too */
static uint32_t below(uint32_t n) { return (next_random(&seed) >> 9) % n; }

static coro_status poll_entry(void *frame, coro_context *cx);
static coro_status cancel_entry(void *frame, coro_context *cx);
static const coro_descriptor coro = {.abi = CORO_ABI_VERSION,
                                     .align = _Alignof(struct entry),
                                     .size = sizeof(struct entry),
                                     .poll = poll_entry,
                                     .cancel = cancel_entry,
                                     .name = "entry"};
static void act(void);

static void on_done(coro_job *job, coro_status status) {
  struct entry *self = (struct entry *)job;
  CHECK(self->in && status == (self->ending ? CORO_CANCELLED : CORO_DONE));
  self->in = self->ready = self->ending = false;
  act();
}

static void add(struct entry *entry) {
  *entry = (struct entry){.in = true, .ready = true, .ending = shuts};
  coro_executor_add(&executor, &entry->job, (coro_any_task){entry, &coro},
                    on_done);
}

/* Also of one that is done, whose storage is there. */
static void wake(struct entry *entry) {
  coro_waker waker = {executor.context.waker.ops, entry};
  bool far = below(2);
  (far ? coro_wake : coro_wake_local)(waker);
  entry->far |= entry->in && far && !entry->ready;
  entry->ready = entry->in;
}

static void cancel(struct entry *entry) {
  coro_job_cancel(&entry->job);
  entry->ready = entry->ending = entry->in;
}

/* Whether the executor cannot take it out; -1: it may. */
static int is_stuck(const struct entry *entry) {
  if (entry->active)
    return 1;
  return kind != NO_REMOVE || !entry->ready ? 0 : entry->far ? -1 : 1;
}

static void cancel_now(struct entry *entry) {
  if (!entry->in) {
    CHECK(coro_job_cancel_now(&entry->job) == CORO_INVALID);
    return;
  }
  int stuck = is_stuck(entry);
  entry->ending = entry->ready = true;
  int result = coro_job_cancel_now(&entry->job);
  CHECK(result == 0 || result == CORO_BUSY);
  CHECK(stuck <= 0 || result == CORO_BUSY);
  if (result) /* it waits, and is asked once more: it may have been woken */
    entry->ready = true;
}

static void take_out(struct entry *entry) {
  int stuck = is_stuck(entry), result = coro_job_remove(&entry->job);
  if (!entry->in) {
    CHECK(result == CORO_INVALID);
    return;
  }
  CHECK(stuck < 0 || result == (stuck ? CORO_BUSY : 0));
  if (result == 0)
    entry->in = entry->ready = entry->ending = false;
}

static void act_on(struct entry *entry) {
  switch (below(8)) {
  case 0:
    cancel(entry);
    break;
  case 1:
    cancel_now(entry);
    break;
  case 2:
    take_out(entry);
    break;
  case 3:
  case 4:
    if (!entry->in && !entry->active)
      add(entry);
    break;
  default:
    wake(entry);
  }
}

static void act(void) {
  if (depth == DEPTH)
    return;
  depth++;
  for (uint32_t n = below(3); n; n--)
    act_on(&entries[below(JOBS)]);
  depth--;
}

static struct entry *begin(void *frame) {
  struct entry *self = frame;
  CHECK(self->in && self->ready && !self->active);
  self->ready = self->far = false;
  self->active++;
  act();
  self->active--;
  CHECK(self->in);
  return self;
}

static coro_status poll_entry(void *frame, coro_context *cx) {
  CHECK(cx->waker.data == frame && !cx->cancelling);
  CHECK(!((struct entry *)frame)->ending);
  struct entry *self = begin(frame);
  if (below(4))
    return CORO_PENDING;
  self->ending = false; /* it was done before its turn came */
  return CORO_DONE;
}

static coro_status cancel_entry(void *frame, coro_context *cx) {
  CHECK(cx->waker.data == frame && cx->cancelling);
  CHECK(((struct entry *)frame)->ending);
  begin(frame);
  return below(3) ? CORO_CANCELLED : CORO_PENDING;
}

static void check_all(bool rests) {
  size_t in = 0;
  for (int i = 0; i < JOBS; i++) {
    in += entries[i].in;
    CHECK(!entries[i].active && !(rests && entries[i].ready));
  }
  CHECK(coro_executor_jobs(&executor) == in);
}

/* A queue that only pushes and pops. */
static coro_seeded seeded;
static void push(coro_scheduler *self, coro_runnable *run) {
  (void)self;
  seeded.scheduler.ops->push(&seeded.scheduler, run);
}
static coro_runnable *pop(coro_scheduler *self) {
  (void)self;
  return seeded.scheduler.ops->pop(&seeded.scheduler);
}

int main(void) {
  static const coro_scheduler_ops ops = {CORO_CAPABILITY_VERSION, push, pop, 0};
  coro_scheduler no_remove = {&ops};
  for (uint64_t i = 1; i <= SEEDS; i++) {
    seed = i * 77;
    kind = (enum kind)(i % KINDS);
    coro_executor_init(&executor, NULL, NULL);
    coro_seeded_init(&seeded, i);
    coro_executor_set_scheduler(&executor, kind == QUEUE    ? NULL
                                           : kind == SEEDED ? &seeded.scheduler
                                                            : &no_remove);
    for (int j = 0; j < JOBS; j++)
      add(&entries[j]);
    for (int step = 0; step < STEPS; step++) {
      if (below(3))
        check_all(!coro_executor_step(&executor));
      else
        act_on(&entries[below(JOBS)]);
    }
    shuts = true;
    for (int j = 0; j < JOBS; j++)
      entries[j].ready = entries[j].ending = entries[j].in;
    coro_executor_shutdown(&executor, 0); /* some end, and some are left */
    shuts = false;
    coro_executor_fini(&executor);
    memset(entries, 0, sizeof(entries));
  }
}
