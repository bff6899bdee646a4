// Threads and a signal handler wake tasks of a closed set as fast as they can,
// over a reactor and without one. Each task has to see all that was handed to
// it; the set sleeps in between. Some wakes come when the task is done.
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>

enum { THREADS = 3, MAILBOXES = 8, LETTERS = 5000, ROUNDS = 3 };

struct mailbox {
  coro_waker waker; /* set by the first poll */
  uint32_t ready;   /* atomic: the waker is set */
  uint32_t letters; /* atomic: put in and not taken out */
};

static struct mailbox mailboxes[MAILBOXES];

static yields int collect(struct mailbox *self, int all) {
  int taken = 0;
  self->waker = coro_self()->waker;
  __atomic_store_n(&self->ready, 1, __ATOMIC_RELEASE);
  while (1) {
    /* Relaxed on purpose: the wake alone must make the letters visible. */
    taken += (int)__atomic_exchange_n(&self->letters, 0, __ATOMIC_RELAXED);
    if (taken >= all)
      return taken;
    if (taken % 3)
      coro_yield_now();
    else
      coro_suspend();
  }
}

/* Comes and goes, so that slots change hands while others are woken. */
static yields void passes(uint32_t *left) {
  coro_yield_now();
  --*left;
}

CORO_EXECUTOR(post, collect, passes);

static void *deliver(void *argument) {
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

static void from_threads(struct coro_reactor *reactor) {
  memset(mailboxes, 0, sizeof(mailboxes));
  struct post e;
  struct post_slot slots[MAILBOXES + 2];
  post_init(&e, slots, MAILBOXES + 2, reactor, NULL);
  for (int i = 0; i < MAILBOXES; i++)
    CHECK(coro_closed_spawn(&e, collect, &mailboxes[i], THREADS * LETTERS));
  uint32_t left = 1;
  CHECK(coro_closed_spawn(&e, passes, &left));
  pthread_t threads[THREADS];
  for (uintptr_t i = 0; i < THREADS; i++)
    CHECK(!pthread_create(&threads[i], NULL, deliver, (void *)(i + 1)));
  CHECK(post_run(&e) == CORO_RUN_FINISHED && left == 0);
  for (int i = 0; i < THREADS; i++) /* they may wake what is done */
    pthread_join(threads[i], NULL);
  post_fini(&e);
}

static void on_signal(int number) {
  (void)number;
  struct mailbox *box = &mailboxes[0];
  if (!__atomic_load_n(&box->ready, __ATOMIC_ACQUIRE))
    return;
  __atomic_fetch_add(&box->letters, 1, __ATOMIC_RELAXED);
  coro_wake(box->waker);
}

static void *interrupt(void *thread) {
  while (!__atomic_load_n(&mailboxes[0].ready, __ATOMIC_ACQUIRE))
    sched_yield();
  for (int i = 0; i < 200; i++)
    pthread_kill(*(pthread_t *)thread, SIGUSR1);
  while (__atomic_load_n(&mailboxes[0].ready, __ATOMIC_ACQUIRE) == 1) {
    pthread_kill(*(pthread_t *)thread, SIGUSR1);
    sched_yield();
  }
  return NULL;
}

/* Signals that are pending are one: so many arrive, not all that were sent. */
static void from_signals(void) {
  memset(mailboxes, 0, sizeof(mailboxes));
  struct post e;
  struct post_slot slot;
  post_init(&e, &slot, 1, NULL, NULL);
  CHECK(coro_closed_keep(&e, collect, &mailboxes[0], 50));
  pthread_t self = pthread_self(), other;
  CHECK(signal(SIGUSR1, on_signal) != SIG_ERR);
  CHECK(!pthread_create(&other, NULL, interrupt, &self));
  CHECK(post_run(&e) == CORO_RUN_FINISHED);
  __atomic_store_n(&mailboxes[0].ready, 2, __ATOMIC_RELEASE);
  pthread_join(other, NULL);
  CHECK(slot.task.collect.result >= 50);
  post_fini(&e);
}

int main(void) {
  int error;
  struct coro_reactor *reactor = coro_reactor_open(&error);
  CHECK(reactor);
  for (int i = 0; i < ROUNDS; i++) {
    from_threads(NULL);
    from_threads(reactor);
  }
  coro_reactor_close(reactor);
  from_signals();
  return 0;
}
