// The thread that wakes the last job may still be inside the wake when the run
// is over. Executor, job and reactor are gone at once all the same.
// RUN: %clang %cflags -fsanitize=address %s %rt_asan -o %t.asan && %t.asan
// RUN: %clang %cflags -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/executor.h>
#include <coro/io.h>
#include <coro/time.h>
#include <pthread.h>

enum { ROUNDS = 3000 };

/* The waker of the round's job, for the waking thread. Atomic: who sets
 * `handed` has written it, who clears it has read it. */
static coro_waker waker;
static int handed;

/* Done when it is polled again: the wake has pushed the job by then. */
static coro_status poll_until_woken(void *frame, coro_context *cx) {
  int *polls = frame;
  if ((*polls)++)
    return CORO_DONE;
  waker = cx->waker;
  __atomic_store_n(&handed, 1, __ATOMIC_RELEASE);
  return CORO_PENDING;
}

/* Gets the executor up at about the time of the wake, so that it finds the job
 * before the notification comes. */
struct ticker {
  coro_timer timer;
  const int *polls;
  unsigned ns;
};

static coro_status poll_ticker(void *frame, coro_context *cx) {
  struct ticker *self = frame;
  if (*self->polls == 2)
    return CORO_DONE;
  coro_timers_set(cx->timers, &self->timer, coro_now() + self->ns, cx->waker);
  return CORO_PENDING;
}

static const coro_descriptor sleeper = BY_HAND(int, poll_until_woken);
static const coro_descriptor ticker = BY_HAND(struct ticker, poll_ticker);

static void *wake_all(void *argument) {
  (void)argument;
  for (int i = 0; i < ROUNDS; i++) {
    while (!__atomic_load_n(&handed, __ATOMIC_ACQUIRE))
      ;
    coro_waker mine = waker;
    __atomic_store_n(&handed, 0, __ATOMIC_RELAXED);
    coro_wake(mine);
  }
  return NULL;
}

/* All that a round uses, gone at its end. */
struct round {
  coro_executor executor;
  coro_timers timers;
  coro_job jobs[2];
  int polls;
  struct ticker ticker;
};

int main(void) {
  pthread_t thread;
  CHECK(!pthread_create(&thread, NULL, wake_all, NULL));
  for (int i = 0; i < ROUNDS; i++) {
    int error;
    struct coro_reactor *reactor = i % 2 ? coro_reactor_open(&error) : NULL;
    struct round *round = calloc(1, sizeof(*round));
    round->ticker.polls = &round->polls;
    round->ticker.ns = 1000 + (unsigned)i * 7 % 20000;
    coro_timers_init(&round->timers, NULL);
    coro_executor_init(&round->executor, reactor, &round->timers);
    coro_executor_add(&round->executor, &round->jobs[0],
                      (coro_any_task){&round->polls, &sleeper}, NULL);
    coro_executor_add(&round->executor, &round->jobs[1],
                      (coro_any_task){&round->ticker, &ticker}, NULL);
    CHECK(coro_executor_run(&round->executor) == CORO_RUN_FINISHED);
    coro_executor_fini(&round->executor);
    coro_reactor_close(reactor);
    memset(round, 0xa5, sizeof(*round));
    free(round);
  }
  pthread_join(thread, NULL);
}
