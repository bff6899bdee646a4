// A thread in coro_block_on is woken by others, before it sleeps and while it
// does, and by its own task in between.
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>
#include <sched.h>

enum { THREADS = 2, LETTERS = 20000 };

static coro_waker waker;
static uint32_t ready;                  /* atomic: the waker is set */
static uint32_t letters;                /* atomic: put in and not taken out */
static uint32_t threads_left = THREADS; /* atomic: that may wake */

static yields uint32_t collect(uint32_t all) {
  uint32_t taken = 0, polls = 0;
  waker = coro_self()->waker;
  __atomic_store_n(&ready, 1, __ATOMIC_RELEASE);
  while (1) {
    /* Relaxed on purpose: the wake alone must make the letters visible. */
    taken += __atomic_exchange_n(&letters, 0, __ATOMIC_RELAXED);
    if (taken == all) {
      /* The waker is good until here. */
      while (__atomic_load_n(&threads_left, __ATOMIC_ACQUIRE))
        coro_yield_now();
      return taken;
    }
    if (++polls % 4 == 0)
      coro_yield_now();
    else
      coro_suspend();
  }
}

static void *deliver(void *argument) {
  uint64_t random = (uintptr_t)argument;
  while (!__atomic_load_n(&ready, __ATOMIC_ACQUIRE))
    sched_yield();
  for (int i = 0; i < LETTERS; i++) {
    __atomic_fetch_add(&letters, 1, __ATOMIC_RELAXED);
    coro_wake(waker);
    if (next_random(&random) % 16 == 0)
      sched_yield();
  }
  __atomic_fetch_sub(&threads_left, 1, __ATOMIC_RELEASE);
  return NULL;
}

int main(void) {
  pthread_t threads[THREADS];
  for (uintptr_t i = 0; i < THREADS; i++)
    CHECK(!pthread_create(&threads[i], NULL, deliver, (void *)(i + 1)));
  CHECK(coro_block_on(collect, THREADS * LETTERS) == THREADS * LETTERS);
  for (int i = 0; i < THREADS; i++)
    pthread_join(threads[i], NULL);
  return 0;
}
