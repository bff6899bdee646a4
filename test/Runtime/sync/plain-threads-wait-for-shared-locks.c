// Threads without an executor use shared primitives beside each other, with
// effects and without: they block, for as long as it takes or until the time is
// over, and another thread ends that.
// RUN: %clang %cflags -DCORO_ERASE_EFFECTS %s %rt_blocking -o %t.plain && %t.plain
// RUN: %clang %cflags -O2 -DCORO_ERASE_EFFECTS %s %rt_blocking -o %t.inline && %t.inline
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %clang %cflags -DCORO_ERASE_EFFECTS -fsanitize=thread %s %root/runtime/sync/waits.c %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>

enum { THREADS = 4, TURNS = 500, ROOM = 2 };

/* Longer than a test may take: who waits to the end of it was not woken. */
#define LONG (3600 * CORO_SECOND)
#define SHORT (5 * CORO_MILLISECOND)

static coro_mutex mutex = CORO_MUTEX_SHARED_INIT;
static coro_rwlock rwlock = CORO_RWLOCK_SHARED_INIT;
static coro_semaphore semaphore = CORO_SEMAPHORE_SHARED_INIT(0);
static coro_condition changed = CORO_CONDITION_SHARED_INIT;
static coro_event happened = CORO_EVENT_SHARED_INIT;
static coro_barrier barrier = CORO_BARRIER_SHARED_INIT(THREADS);
static coro_once once = CORO_ONCE_SHARED_INIT;

static long sum, stored, done;

static int do_it(void) {
  done++;
  return 0;
}
static yields int have_it_done(void) { return coro_once_run(&once, do_it); }

static void *work(void *argument) {
  int step = (uintptr_t)argument % 2 ? 1 : -1;
  CHECK(coro_block_on(have_it_done) == 0 && done == 1);
  for (int i = 0; i < TURNS; i++) {
    coro_block_on(coro_mutex_lock, &mutex);
    while (stored + step < 0 || stored + step > ROOM)
      coro_block_on(coro_condition_wait, &changed, &mutex);
    stored += step;
    coro_mutex_unlock(&mutex);
    coro_condition_notify_all(&changed);

    coro_block_on(coro_rwlock_write, &rwlock);
    sum++;
    coro_rwlock_end_write(&rwlock);
    CHECK(coro_block_on(coro_rwlock_read_for, &rwlock, LONG) == 0);
    CHECK(sum > i);
    coro_rwlock_end_read(&rwlock);
    if (i % 50 == 0)
      coro_block_on(coro_barrier_wait, &barrier);
  }
  return NULL;
}

/* Each ends in time; nothing is left in the queues. */
static void *help(void *argument) {
  (void)argument;
  uint64_t begin = coro_now();
  CHECK(coro_block_on(coro_mutex_lock_for, &mutex, SHORT) == CORO_TIMED_OUT);
  CHECK(coro_block_on(coro_rwlock_read_for, &rwlock, SHORT) == CORO_TIMED_OUT);
  CHECK(coro_block_on(coro_rwlock_write_for, &rwlock, 0) == CORO_TIMED_OUT);
  CHECK(coro_block_on(coro_semaphore_acquire_for, &semaphore, 1, SHORT) ==
        CORO_TIMED_OUT);
  CHECK(coro_block_on(coro_event_wait_for, &happened, SHORT) == CORO_TIMED_OUT);
  CHECK(coro_block_on(coro_barrier_wait_for, &barrier, SHORT) ==
        CORO_TIMED_OUT);
  CHECK(coro_now() - begin >= 5 * SHORT);
  coro_event_set(&happened);
  /* Until somebody ends it. */
  CHECK(coro_block_on(coro_mutex_lock_for, &mutex, LONG) == 0);
  CHECK(coro_block_on(coro_semaphore_acquire_for, &semaphore, 2, LONG) == 0);
  CHECK(coro_block_on(coro_condition_wait_for, &changed, &mutex, SHORT) ==
        CORO_TIMED_OUT);
  coro_mutex_unlock(&mutex);
  return NULL;
}

int main(void) {
  pthread_t threads[THREADS];
  for (uintptr_t i = 0; i < THREADS; i++)
    CHECK(!pthread_create(&threads[i], NULL, work, (void *)i));
  for (int i = 0; i < THREADS; i++)
    pthread_join(threads[i], NULL);
  CHECK(sum == THREADS * TURNS && !stored && done == 1);

  CHECK(coro_mutex_try_lock(&mutex) && coro_rwlock_try_write(&rwlock));
  CHECK(!pthread_create(&threads[0], NULL, help, NULL));
  coro_block_on(coro_event_wait, &happened);
  coro_semaphore_release(&semaphore, 1);
  coro_mutex_unlock(&mutex);
  coro_semaphore_release(&semaphore, 1);
  pthread_join(threads[0], NULL);
  CHECK(coro_mutex_try_lock(&mutex) && !barrier.waiting);
  coro_rwlock_end_write(&rwlock);
}
