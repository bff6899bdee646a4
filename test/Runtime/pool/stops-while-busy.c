// A pool that is stopped while it works: what was taken ends, once, as done or
// as cancelled; what comes later is refused; what would not end is counted when
// the time is over; from a task as well as from outside.
// RUN: %clang %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
// RUN: %clang %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/error.h>
#include <coro/pool.h>
#include <pthread.h>

enum { JOBS = 3000, ROUNDS = 12, SENDERS = 2 };

static coro_pool *pool;

struct work {
  coro_job job, child;
  uint32_t taken;            /* this one was */
  uint32_t sent_child;       /* and that it sent */
  uint32_t ends, child_ends; /* atomic */
  int polls;
};

static void ended(coro_job *job, coro_status status) {
  CHECK(status == CORO_DONE || status == CORO_CANCELLED);
  __atomic_fetch_add((uint32_t *)job->user, 1, __ATOMIC_RELAXED);
}

static coro_status poll_child(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  return CORO_PENDING; /* until it is cancelled */
}
static const coro_descriptor child = BY_HAND(struct work, poll_child);

static coro_status poll_work(void *frame, coro_context *cx) {
  struct work *self = frame;
  if (self->polls++ == 2) {
    self->child.user = &self->child_ends;
    int error = cx->sender->ops->send(cx->sender, &self->child,
                                      (coro_any_task){self, &child}, ended);
    CHECK(error == 0 || error == CORO_CLOSED);
    self->sent_child = !error;
    return CORO_PENDING;
  }
  coro_wake_local(cx->waker);
  return CORO_PENDING;
}
static const coro_descriptor work = BY_HAND(struct work, poll_work);

static void *send_all(void *argument) {
  struct work *all = argument;
  for (int i = 0; i < JOBS; i++) {
    all[i].job.user = &all[i].ends;
    int error = coro_pool_send(pool, &all[i].job,
                               (coro_any_task){&all[i], &work}, ended);
    CHECK(error == 0 || error == CORO_CLOSED);
    all[i].taken = !error;
    if (error)
      break;
  }
  return NULL;
}

static coro_status poll_stopper(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  coro_pool_stop(pool, CORO_FOREVER);
  return CORO_DONE;
}
static const coro_descriptor stopper = BY_HAND(char, poll_stopper);

static void run(uint32_t workers, uint64_t ns, bool inside) {
  int error;
  pool = coro_pool_open(&(coro_pool_options){.workers = workers}, &error);
  CHECK(pool);
  struct work *all = calloc(SENDERS * JOBS, sizeof(*all));
  pthread_t threads[SENDERS];
  for (int i = 0; i < SENDERS; i++)
    CHECK(!pthread_create(&threads[i], NULL, send_all, all + i * JOBS));
  int waited = coro_pool_wait(pool, ns);
  CHECK(waited == CORO_TIMED_OUT || waited == 0);
  if (inside) {
    int result = coro_pool_run(pool, (coro_any_task){NULL, &stopper});
    CHECK(result == CORO_DONE);
  } else {
    coro_pool_stop(pool, CORO_FOREVER);
    coro_pool_stop(pool, 0);
  }
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == CORO_CLOSED);
  CHECK(coro_pool_join(pool) == 0);
  for (int i = 0; i < SENDERS; i++)
    pthread_join(threads[i], NULL);
  for (int i = 0; i < SENDERS * JOBS; i++)
    CHECK(all[i].ends == all[i].taken &&
          all[i].child_ends == all[i].sent_child);
  coro_job late;
  CHECK(coro_pool_send(pool, &late, (coro_any_task){NULL, &stopper}, NULL) ==
        CORO_CLOSED);
  CHECK(coro_pool_run(pool, (coro_any_task){NULL, &stopper}) == CORO_CLOSED);
  coro_pool_close(pool);
  free(all);
}

/* Cancelled, it says that it waits, and nobody wakes it. */
static coro_status never(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  return CORO_PENDING;
}
static const coro_descriptor stubborn = {.abi = CORO_ABI_VERSION,
                                         .align = 1,
                                         .size = 1,
                                         .poll = never,
                                         .cancel = never,
                                         .name = "stubborn"};

static void count_what_stays(void) {
  int error;
  pool = coro_pool_open(&(coro_pool_options){.workers = 2, .io = 1}, &error);
  CHECK(pool);
  enum { STAY = 5 };
  coro_job jobs[STAY];
  for (int i = 0; i < STAY; i++)
    CHECK(!coro_pool_send(pool, &jobs[i], (coro_any_task){NULL, &stubborn},
                          NULL));
  CHECK(coro_pool_wait(pool, CORO_MILLISECOND) == CORO_TIMED_OUT);
  coro_pool_stop(pool, 20 * CORO_MILLISECOND);
  CHECK(coro_pool_join(pool) == STAY);
  CHECK(coro_executor_jobs(coro_pool_executor(pool, 0)) +
            coro_executor_jobs(coro_pool_executor(pool, 1)) ==
        STAY);
  coro_pool_close(pool);
}

/* Sends when it is cancelled, which is refused: nobody would run it. */
static int late_error;
static coro_status send_late(void *frame, coro_context *cx) {
  static coro_job late;
  late_error = cx->sender->ops->send(cx->sender, &late,
                                     (coro_any_task){frame, &stopper}, NULL);
  return CORO_CANCELLED;
}
static const coro_descriptor sends_late = {.abi = CORO_ABI_VERSION,
                                           .align = 1,
                                           .size = 1,
                                           .poll = never,
                                           .cancel = send_late,
                                           .name = "sends_late"};

static void refuse_late_sends(void) {
  int error;
  pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  CHECK(pool);
  coro_job job;
  late_error = 0;
  CHECK(!coro_pool_send(pool, &job, (coro_any_task){NULL, &sends_late}, NULL));
  CHECK(coro_pool_wait(pool, CORO_MILLISECOND) == CORO_TIMED_OUT);
  coro_pool_stop(pool, CORO_FOREVER);
  CHECK(coro_pool_join(pool) == 0 && late_error == CORO_CLOSED);
  coro_pool_close(pool);
}

int main(void) {
  for (int i = 0; i < ROUNDS; i++)
    run(1 + (uint32_t)i % 3, (uint64_t)(i * i) * 30 * CORO_MICROSECOND, i % 2);
  count_what_stays();
  refuse_late_sends();
}
