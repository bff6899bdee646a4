// Tasks that are sent to a pool, and taken from thread to thread before they
// begin, use the same shared locks; each third is cancelled from outside,
// wherever it is by then. What the locks guard is plain memory.
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan 10000
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan 20000
// RUN: %corocc %cflags -O2 %s -o %t && %t 100000
#include "../check.h"

#include <coro/coro.h>
#include <coro/pool.h>

enum { WORKERS = 4, PERMITS = 20 };

static coro_mutex mutex = CORO_MUTEX_SHARED_INIT;
static coro_rwlock rwlock = CORO_RWLOCK_SHARED_INIT;
static coro_semaphore semaphore = CORO_SEMAPHORE_SHARED_INIT(PERMITS);
static coro_event gate = CORO_EVENT_SHARED_INIT;

/* Guarded by the mutex and the lock. */
static long inside, entered, table[2];
/* Atomic. */
static long ended, cancelled;

static void unlock(int *is) {
  if (!*is)
    return;
  inside--;
  coro_mutex_unlock(&mutex);
}
static void end_read(int *is) {
  if (*is)
    coro_rwlock_end_read(&rwlock);
}
static void release(uint32_t *k) { coro_semaphore_release(&semaphore, *k); }

static yields void look(void) {
  __attribute__((cleanup(end_read))) int is = 0;
  coro_rwlock_read(&rwlock);
  is = 1;
  CHECK(table[0] == table[1]);
  coro_yield_now();
  CHECK(table[0] == table[1]);
}
static yields void change(void) {
  coro_shield {
    coro_rwlock_write(&rwlock);
    table[0]++;
    coro_yield_now();
    table[1]++;
    coro_rwlock_end_write(&rwlock);
  }
}

static yields void work(int number) {
  coro_event_wait(&gate);
  __attribute__((cleanup(release))) uint32_t k = 0;
  coro_semaphore_acquire(&semaphore, 1 + (uint32_t)number % 3);
  k = 1 + (uint32_t)number % 3;
  if (number % 8)
    look();
  else
    change();
  __attribute__((cleanup(unlock))) int is = 0;
  if (number % 2)
    coro_mutex_lock(&mutex);
  else if (coro_mutex_lock_for(&mutex, 10 * CORO_MICROSECOND))
    return;
  is = 1;
  CHECK(inside++ == 0);
  entered++;
  coro_yield_now();
}

static void count(coro_job *job, coro_status status) {
  (void)job;
  __atomic_fetch_add(status == CORO_CANCELLED ? &cancelled : &ended, 1,
                     __ATOMIC_RELAXED);
}

struct one {
  coro_job job;
  coro_task(work) task;
};

int main(int argc, char **argv) {
  int tasks = argc > 1 ? atoi(argv[1]) : 100, error;
  struct one *all = calloc((size_t)tasks, sizeof(*all));
  coro_pool *pool =
      coro_pool_open(&(coro_pool_options){.workers = WORKERS}, &error);
  CHECK(all && pool);
  for (int i = 0; i < tasks; i++) {
    coro_start(&all[i].task, work, i);
    CHECK(!coro_pool_send(pool, &all[i].job, coro_erase(&all[i].task), count));
    if (i == tasks / 2)
      coro_event_set(&gate);
    if (i % 3 == 0)
      coro_pool_cancel(pool, &all[i / 2].job);
  }
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  coro_pool_close(pool);
  CHECK(ended + cancelled == tasks && ended && cancelled);
  CHECK(!inside && entered && entered <= tasks && table[0] == table[1]);
  CHECK(coro_mutex_try_lock(&mutex) && coro_rwlock_try_write(&rwlock));
  CHECK(coro_semaphore_permits(&semaphore) == PERMITS);
  CHECK(!semaphore.queue.first && !gate.queue.first);
  free(all);
}
