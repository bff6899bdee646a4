// A million tasks, sent from outside, from tasks and from tasks of tasks, in
// bursts larger than a ring: each runs once, on_done is called on the same
// thread, and nobody is forgotten.
// RUN: %clang %cflags -O1 %s %rt -o %t && %t 250000
// RUN: %clang %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan 12000
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan 25000
#include "../check.h"

#include <coro/pool.h>
#include <pthread.h>

enum { FAN = 3, BURST = 1000 };

/* A task that sends FAN more, if it is to, and is then done. */
struct leaf {
  coro_job job;
  struct leaf *children; /* FAN of them; NULL: a leaf */
  int thread;
  uint32_t polls; /* atomic: two polls at once would be seen */
  uint32_t ends;
};

static coro_pool *pool;

static coro_status poll_leaf(void *frame, coro_context *cx);
static const coro_descriptor leaf = BY_HAND(struct leaf, poll_leaf);

static void ended(coro_job *job, coro_status status) {
  struct leaf *self = job->user;
  CHECK(status == CORO_DONE && coro_pool_here(pool) == self->thread);
  __atomic_fetch_add(&self->ends, 1, __ATOMIC_RELAXED);
}

static coro_status poll_leaf(void *frame, coro_context *cx) {
  struct leaf *self = frame;
  __atomic_fetch_add(&self->polls, 1, __ATOMIC_RELAXED);
  self->thread = coro_pool_here(pool);
  CHECK(self->thread >= 0 &&
        cx->executor == coro_pool_executor(pool, (uint32_t)self->thread));
  for (int i = 0; self->children && i < FAN; i++) {
    struct leaf *child = &self->children[i];
    child->job.user = child;
    CHECK(!cx->sender->ops->send(cx->sender, &child->job,
                                 (coro_any_task){child, &leaf}, ended));
  }
  return CORO_DONE;
}

/* Sends every FAN + 1st of count leaves, in bursts. */
struct outside {
  struct leaf *leaves;
  size_t count;
};

static void *send_all(void *argument) {
  struct outside *self = argument;
  for (size_t i = 0; i < self->count; i += FAN + 1) {
    struct leaf *one = &self->leaves[i];
    one->children = one + 1;
    one->job.user = one;
    CHECK(!coro_pool_send(pool, &one->job, (coro_any_task){one, &leaf}, ended));
    if (i / (FAN + 1) % BURST == 0)
      coro_pool_wait(pool, 50 * CORO_MICROSECOND);
  }
  return NULL;
}

/* Sends all of them in one poll: the ring overflows. */
struct sender {
  struct leaf *leaves;
  size_t count;
};

static coro_status poll_sender(void *frame, coro_context *cx) {
  (void)cx;
  send_all(frame);
  return CORO_DONE;
}

static const coro_descriptor sender = BY_HAND(struct sender, poll_sender);

static void run(uint32_t workers, size_t each) {
  enum { THREADS = 2 };
  int error;
  pool = coro_pool_open(&(coro_pool_options){.workers = workers}, &error);
  CHECK(pool && coro_pool_workers(pool) == workers);
  each -= each % (FAN + 1);
  struct leaf *leaves = calloc((THREADS + 1) * each, sizeof(*leaves));
  pthread_t threads[THREADS];
  struct outside outside[THREADS];
  for (int i = 0; i < THREADS; i++) {
    outside[i] = (struct outside){leaves + (size_t)i * each, each};
    CHECK(!pthread_create(&threads[i], NULL, send_all, &outside[i]));
  }
  struct sender inside = {leaves + THREADS * each, each};
  CHECK(coro_pool_run(pool, (coro_any_task){&inside, &sender}) == CORO_DONE);
  for (int i = 0; i < THREADS; i++)
    pthread_join(threads[i], NULL);
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  for (size_t i = 0; i < (THREADS + 1) * each; i++)
    CHECK(leaves[i].polls == 1 && leaves[i].ends == 1);
  coro_pool_stop(pool, 0);
  CHECK(coro_pool_join(pool) == 0);
  coro_pool_close(pool);
  free(leaves);
}

int main(int argc, char **argv) {
  size_t each = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
  for (uint32_t workers = 1; workers <= 4; workers++)
    run(workers, workers == 3 ? each : each / 3);
}
