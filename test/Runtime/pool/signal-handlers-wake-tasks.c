// A signal handler wakes a task of a pool, whatever thread it interrupts: one
// that sleeps, one that polls, or the one that waits for the pool. No wake is
// lost: each is waited for before the next.
// RUN: %corocc %cflags -O0 %s -o %t && %t 2000
// RUN: %corocc %cflags -O2 %s -o %t && %t 5000
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 1000
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 200
#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>
#include <signal.h>

enum { WORKERS = 3, THREADS = WORKERS + 1, NOISE = 4 };

static coro_waker waker;
static int armed, hits, seen; /* atomic */
static int over, begun;       /* atomic */
static pthread_t threads[THREADS];

#define LOAD(number) __atomic_load_n(&(number), __ATOMIC_ACQUIRE)

static void on_signal(int number) {
  (void)number;
  __atomic_add_fetch(&hits, 1, __ATOMIC_RELEASE);
  if (LOAD(armed))
    coro_wake(waker);
}

static yields void waits(int signals) {
  waker = coro_self()->waker;
  __atomic_store_n(&armed, 1, __ATOMIC_RELEASE);
  for (int next = 1; next <= signals; next++) {
    while (LOAD(hits) < next)
      coro_suspend();
    __atomic_store_n(&seen, next, __ATOMIC_RELEASE);
  }
  __atomic_store_n(&over, 1, __ATOMIC_RELEASE);
}

/* Keeps a thread busy, and lets it sleep. */
static yields void noise(int n) {
  for (int i = 0; !LOAD(over); i++) {
    coro_yield_now();
    if (i % 16 == n)
      coro_sleep(20 * CORO_MICROSECOND);
  }
}

static void remember(void *user, coro_executor *executor, uint32_t worker) {
  (void)user, (void)executor;
  threads[worker] = pthread_self();
  __atomic_add_fetch(&begun, 1, __ATOMIC_RELEASE);
}

static void *send_signals(void *argument) {
  int signals = *(int *)argument;
  while (!LOAD(armed) || LOAD(begun) < WORKERS)
    sched_yield();
  for (int i = 0; i < signals; i++) {
    CHECK(!pthread_kill(threads[i % THREADS], SIGUSR1));
    while (LOAD(seen) <= i)
      sched_yield();
  }
  return NULL;
}

int main(int count, char **arguments) {
  CHECK(count == 2);
  int signals = atoi(arguments[1]), error;
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
  CHECK(!sigaction(SIGUSR1, &action, NULL));
  coro_pool *pool = coro_pool_open(
      &(coro_pool_options){.workers = WORKERS, .begin = remember}, &error);
  CHECK(pool);
  threads[WORKERS] = pthread_self();
  static coro_task(noise) others[NOISE];
  static coro_job jobs[NOISE];
  for (int i = 0; i < NOISE; i++) {
    coro_start(&others[i], noise, i);
    CHECK(!coro_pool_send(pool, &jobs[i], coro_erase(&others[i]), NULL));
  }
  pthread_t sender;
  CHECK(!pthread_create(&sender, NULL, send_signals, &signals));
  coro_task(waits) task;
  coro_start(&task, waits, signals);
  CHECK(coro_pool_run(pool, coro_erase(&task)) == CORO_DONE);
  CHECK(!pthread_join(sender, NULL) && hits == signals);
  coro_pool_close(pool);
}
