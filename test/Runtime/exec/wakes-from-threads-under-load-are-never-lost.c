// Threads wake jobs as fast as they can, over a reactor and without one. Each
// job has to see all that was handed to it, and the executor sleeps in between.
// RUN: %clang %cflags %s %rt -o %t && %t
// RUN: %clang %cflags -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/executor.h>
#include <coro/io.h>
#include <pthread.h>
#include <sched.h>

enum { THREADS = 3, MAILBOXES = 8, LETTERS = 20000 };

struct mailbox {
  coro_waker waker; /* set by the first poll */
  uint32_t ready;   /* atomic: the waker is set */
  uint32_t letters; /* atomic: put in and not taken out */
  uint32_t taken;
};

static struct mailbox mailboxes[MAILBOXES];

static coro_status poll_mailbox(void *frame, coro_context *cx) {
  struct mailbox *self = frame;
  if (!self->ready) {
    self->waker = cx->waker;
    __atomic_store_n(&self->ready, 1, __ATOMIC_RELEASE);
  }
  /* Relaxed on purpose: the wake alone must make the letters visible. */
  self->taken += __atomic_exchange_n(&self->letters, 0, __ATOMIC_RELAXED);
  return self->taken == THREADS * LETTERS ? CORO_DONE : CORO_PENDING;
}

static const coro_descriptor mailbox = BY_HAND(struct mailbox, poll_mailbox);

static void *post(void *argument) {
  uint64_t random = (uintptr_t)argument;
  int left[MAILBOXES];
  for (int i = 0; i < MAILBOXES; i++)
    left[i] = LETTERS;
  for (int total = MAILBOXES * LETTERS; total;) {
    int to = (int)(next_random(&random) % MAILBOXES);
    struct mailbox *box = &mailboxes[to];
    if (!left[to] || !__atomic_load_n(&box->ready, __ATOMIC_ACQUIRE))
      continue;
    left[to]--;
    total--;
    __atomic_fetch_add(&box->letters, 1, __ATOMIC_RELAXED);
    coro_wake(box->waker);
    if (next_random(&random) % 64 == 0)
      sched_yield();
  }
  return NULL;
}

static void run(struct coro_reactor *reactor) {
  memset(mailboxes, 0, sizeof(mailboxes));
  coro_executor executor;
  coro_executor_init(&executor, reactor, NULL);
  coro_job jobs[MAILBOXES];
  for (int i = 0; i < MAILBOXES; i++)
    coro_executor_add(&executor, &jobs[i],
                      (coro_any_task){&mailboxes[i], &mailbox}, NULL);
  pthread_t threads[THREADS];
  for (uintptr_t i = 0; i < THREADS; i++)
    CHECK(!pthread_create(&threads[i], NULL, post, (void *)(i + 1)));
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  for (int i = 0; i < THREADS; i++)
    pthread_join(threads[i], NULL);
  coro_executor_fini(&executor);
}

int main(void) {
  run(NULL);
  int error;
  struct coro_reactor *reactor = coro_reactor_open(&error);
  CHECK(reactor);
  run(reactor);
  coro_reactor_close(reactor);
}
