// coro_pool_cancel, from another thread and twice, of jobs that wait in a
// queue, that run, that wait and that are done. Each ends once; what was
// cancelled in time ends as cancelled, and is not polled if it had not begun.
// RUN: %clang %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
// RUN: %clang %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/pool.h>
#include <sched.h>

enum { JOBS = 400, ROUNDS = 20 };

static coro_pool *pool;

struct work {
  coro_job job;
  int turns; /* polls to go; < 0: waits until it is cancelled */
  int waits;
  uint32_t polls; /* atomic */
  uint32_t ends;  /* atomic */
  coro_status status;
  int cleanups; /* times that cancelling has to wait */
};

static coro_status poll_work(void *frame, coro_context *cx) {
  struct work *self = frame;
  __atomic_fetch_add(&self->polls, 1, __ATOMIC_RELAXED);
  if (self->turns < 0)
    return CORO_PENDING;
  if (!self->turns--)
    return CORO_DONE;
  coro_wake_local(cx->waker);
  return CORO_PENDING;
}

static coro_status cancel_work(void *frame, coro_context *cx) {
  struct work *self = frame;
  if (!self->polls || !self->cleanups)
    return CORO_CANCELLED;
  self->cleanups--;
  coro_wake_local(cx->waker);
  return CORO_PENDING;
}

static const coro_descriptor work = {.abi = CORO_ABI_VERSION,
                                     .align = _Alignof(struct work),
                                     .size = sizeof(struct work),
                                     .poll = poll_work,
                                     .cancel = cancel_work,
                                     .name = "work"};

static void ended(coro_job *job, coro_status status) {
  struct work *self = (struct work *)job;
  self->status = status;
  __atomic_fetch_add(&self->ends, 1, __ATOMIC_RELEASE);
}

static void send_one(struct work *one) {
  CHECK(!coro_pool_send(pool, &one->job, (coro_any_task){one, &work}, ended));
}

/* Holds a worker until it is told to go. */
static uint32_t held, released; /* atomic */
static coro_status poll_hold(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  __atomic_fetch_add(&held, 1, __ATOMIC_SEQ_CST);
  while (!__atomic_load_n(&released, __ATOMIC_SEQ_CST))
    sched_yield();
  return CORO_DONE;
}
static const coro_descriptor hold = BY_HAND(char, poll_hold);

/* Those that were cancelled in the queue are never polled. */
static void cancel_in_the_queue(void) {
  struct work *all = calloc(JOBS, sizeof(*all));
  coro_job holders[2];
  held = released = 0;
  for (int i = 0; i < 2; i++)
    CHECK(
        !coro_pool_send(pool, &holders[i], (coro_any_task){NULL, &hold}, NULL));
  while (__atomic_load_n(&held, __ATOMIC_SEQ_CST) < 2)
    sched_yield();
  for (int i = 0; i < JOBS; i++)
    send_one(&all[i]);
  for (int i = 0; i < JOBS; i += 2) {
    coro_pool_cancel(pool, &all[i].job);
    coro_pool_cancel(pool, &all[i].job);
  }
  __atomic_store_n(&released, 1, __ATOMIC_SEQ_CST);
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  for (int i = 0; i < JOBS; i++) {
    CHECK(all[i].ends == 1 && all[i].polls == (i % 2 ? 1 : 0));
    CHECK(all[i].status == (i % 2 ? CORO_DONE : CORO_CANCELLED));
  }
  free(all);
}

/* At any time, while they run. */
static void cancel_at_random(uint64_t random) {
  coro_sender *sender = coro_pool_sender(pool);
  struct work *all = calloc(JOBS, sizeof(*all));
  for (int i = 0; i < JOBS; i++) {
    all[i].turns = (int)(next_random(&random) % 8) - 1;
    all[i].waits = all[i].turns < 0;
    all[i].cleanups = (int)(next_random(&random) % 3);
    send_one(&all[i]);
    struct work *other = &all[next_random(&random) % (uint64_t)(i + 1)];
    coro_pool_cancel(pool, &other->job);
  }
  for (int i = 0; i < JOBS; i++) {
    if (all[i].waits || next_random(&random) % 2)
      coro_pool_cancel(pool, &all[i].job);
    if (next_random(&random) % 2)
      sender->ops->cancel(sender, &all[i].job);
  }
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  for (int i = 0; i < JOBS; i++)
    CHECK(all[i].ends == 1 &&
          (all[i].status == CORO_DONE || all[i].status == CORO_CANCELLED));
  free(all);
}

int main(void) {
  int error;
  pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  CHECK(pool);
  cancel_in_the_queue();
  for (uint64_t round = 1; round <= ROUNDS; round++)
    cancel_at_random(round);
  coro_pool_close(pool);
}
