// One worker whose task is ready all the time: what is sent runs all the same,
// from outside and from that task.
// RUN: %clang %cflags -O1 %s %rt -o %t && %t
#include "../check.h"

#include <coro/pool.h>

enum { SENT = 5 };

static uint32_t ran; /* atomic */

static coro_status poll_sent(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  __atomic_fetch_add(&ran, 1, __ATOMIC_SEQ_CST);
  return CORO_DONE;
}
static const coro_descriptor sent = BY_HAND(char, poll_sent);

struct busy {
  coro_job jobs[SENT];
  int polls;
};

static coro_status poll_busy(void *frame, coro_context *cx) {
  struct busy *self = frame;
  if (self->polls++ == 10)
    for (int i = 0; i < SENT; i++)
      CHECK(!cx->sender->ops->send(cx->sender, &self->jobs[i],
                                   (coro_any_task){NULL, &sent}, NULL));
  if (__atomic_load_n(&ran, __ATOMIC_SEQ_CST) == 2 * SENT)
    return CORO_DONE;
  coro_wake_local(cx->waker);
  return CORO_PENDING;
}
static const coro_descriptor busy = BY_HAND(struct busy, poll_busy);

int main(void) {
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 1}, &error);
  CHECK(pool);
  struct busy task = {.polls = 0};
  coro_job job, jobs[SENT];
  CHECK(!coro_pool_send(pool, &job, (coro_any_task){&task, &busy}, NULL));
  for (int i = 0; i < SENT; i++)
    CHECK(!coro_pool_send(pool, &jobs[i], (coro_any_task){NULL, &sent}, NULL));
  CHECK(coro_pool_wait(pool, 20 * CORO_SECOND) == 0);
  CHECK(ran == 2 * SENT);
  coro_pool_close(pool);
}
