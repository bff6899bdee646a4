// What a task sends runs elsewhere while its own thread is busy; what it spawns
// does not. Sleeping workers are called one after the other.
// RUN: %clang %cflags -O1 %s %rt -o %t && %t
// RUN: %clang %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/pool.h>
#include <sched.h>

enum { WORKERS = 4 };

static coro_pool *pool;
static uint32_t arrived; /* atomic */
static uint32_t threads; /* atomic: bits */

/* Ends when all of them run, which takes all the threads. */
static coro_status poll_meeting(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  __atomic_fetch_or(&threads, 1u << coro_pool_here(pool), __ATOMIC_SEQ_CST);
  __atomic_fetch_add(&arrived, 1, __ATOMIC_SEQ_CST);
  while (__atomic_load_n(&arrived, __ATOMIC_SEQ_CST) % WORKERS)
    sched_yield();
  return CORO_DONE;
}

static const coro_descriptor meeting = BY_HAND(char, poll_meeting);

struct host {
  coro_job guests[WORKERS];
  coro_job local;
  int local_ran;
};

static coro_status poll_local(void *frame, coro_context *cx) {
  (void)cx;
  ((struct host *)frame)->local_ran = 1;
  return CORO_DONE;
}

static const coro_descriptor local = BY_HAND(struct host, poll_local);

/* One of those who meet, who sends the others, and a local task for later. */
static coro_status poll_host(void *frame, coro_context *cx) {
  struct host *self = frame;
  CHECK(!cx->spawner->ops->spawn(cx->spawner, &self->local,
                                 (coro_any_task){self, &local}, NULL));
  for (int i = 1; i < WORKERS; i++)
    CHECK(!cx->sender->ops->send(cx->sender, &self->guests[i],
                                 (coro_any_task){self, &meeting}, NULL));
  coro_status status = poll_meeting(NULL, cx);
  CHECK(!self->local_ran);
  return status;
}

static const coro_descriptor host = BY_HAND(struct host, poll_host);

int main(void) {
  int error;
  pool = coro_pool_open(&(coro_pool_options){.workers = WORKERS}, &error);
  CHECK(pool);
  for (int round = 0; round < 100; round++) {
    struct host inside = {.local_ran = 0};
    arrived = threads = 0;
    CHECK(coro_pool_run(pool, (coro_any_task){&inside, &host}) == CORO_DONE);
    CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
    CHECK(threads == (1u << WORKERS) - 1 && inside.local_ran);
    struct host outside = {.local_ran = 0};
    arrived = threads = 0;
    for (int i = 0; i < WORKERS; i++)
      CHECK(!coro_pool_send(pool, &outside.guests[i],
                            (coro_any_task){&outside, &meeting}, NULL));
    CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
    CHECK(threads == (1u << WORKERS) - 1);
  }
  coro_pool_close(pool);
}
