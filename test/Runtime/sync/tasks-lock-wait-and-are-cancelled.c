// Many tasks in one executor lock, try, wait for a limited time by a scripted
// clock, hold across suspensions, and are cancelled at random by each other,
// wherever they are. Cleanups unlock. Whatever happens, a lock has one holder
// (or readers), a conditions' waiter holds its mutex when it ends, and at last
// all is free and nobody waits.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/coro.h>
#include <coro/testing.h>

enum { TASKS = 24, TURNS = 40, SEEDS = 60, PERMITS = 5, ROOM = 3 };

static uint64_t seed;
static uint32_t below(uint32_t n) { return next_random(&seed) % n; }

static coro_fake fake;
static coro_executor executor;
static coro_mutex mutex, store_mutex;
static coro_rwlock rwlock;
static coro_semaphore semaphore;
static coro_condition more, fewer;
static int in_mutex, readers, writers, in_store, stored;
static uint32_t taken;
static int ends, cancelled, timed_out;

/* What a task does while it has the lock, and what ends that. */
static yields void hold(void) {
  for (uint32_t n = below(3); n; n--)
    if (below(2))
      coro_yield_now();
    else
      coro_sleep(below(20));
}
static void unlock(int *is) {
  if (!*is)
    return;
  in_mutex--;
  coro_mutex_unlock(&mutex);
}
static yields void use_mutex(void) {
  __attribute__((cleanup(unlock))) int is = 0;
  switch (below(3)) {
  case 0:
    coro_mutex_lock(&mutex);
    break;
  case 1:
    if (coro_mutex_lock_for(&mutex, below(30)) == CORO_TIMED_OUT) {
      timed_out++;
      return;
    }
    break;
  default:
    if (!coro_mutex_try_lock(&mutex))
      return;
  }
  is = 1;
  CHECK(in_mutex++ == 0);
  hold();
}

static void end_read(int *is) {
  if (!*is)
    return;
  readers--;
  coro_rwlock_end_read(&rwlock);
}
static yields void use_to_read(void) {
  __attribute__((cleanup(end_read))) int is = 0;
  if (!coro_rwlock_try_read(&rwlock)) {
    if (below(2))
      coro_rwlock_read(&rwlock);
    else if (coro_rwlock_read_for(&rwlock, below(30)))
      return;
  }
  is = 1;
  readers++;
  CHECK(!writers);
  hold();
  CHECK(!writers);
}
static void end_write(int *is) {
  if (!*is)
    return;
  writers--;
  coro_rwlock_end_write(&rwlock);
}
static yields void use_to_write(void) {
  __attribute__((cleanup(end_write))) int is = 0;
  if (below(2))
    coro_rwlock_write(&rwlock);
  else if (coro_rwlock_write_for(&rwlock, below(30)))
    return;
  is = 1;
  CHECK(!readers && writers++ == 0);
  hold();
  CHECK(!readers && writers == 1);
}

static void release(uint32_t *k) {
  taken -= *k;
  coro_semaphore_release(&semaphore, *k);
}
static yields void use_semaphore(void) {
  __attribute__((cleanup(release))) uint32_t k = 0;
  uint32_t wanted = 1 + below(PERMITS);
  if (below(2))
    coro_semaphore_acquire(&semaphore, wanted);
  else if (coro_semaphore_acquire_for(&semaphore, wanted, below(30)))
    return;
  k = wanted;
  taken += k;
  CHECK(taken <= PERMITS);
  hold();
}

/* A store with room for a few: conditions. */
static void leave_store(int *is) {
  if (!*is)
    return;
  CHECK(in_store == 0 && store_mutex.word);
  coro_mutex_unlock(&store_mutex);
}
static yields void use_store(void) {
  __attribute__((cleanup(leave_store))) int is = 0;
  coro_mutex_lock(&store_mutex);
  is = 1;
  int step = below(2) ? 1 : -1;
  while (stored + step < 0 || stored + step > ROOM) {
    coro_condition *condition = step > 0 ? &fewer : &more;
    if (coro_condition_wait_for(condition, &store_mutex, 10 + below(40)))
      return; /* holding the mutex */
    CHECK(in_store == 0 && store_mutex.word);
  }
  in_store++;
  stored += step;
  CHECK(stored >= 0 && stored <= ROOM);
  in_store--;
  coro_condition_notify(step > 0 ? &more : &fewer);
}

static yields void work(void) {
  for (int i = 0; i < TURNS; i++) {
    switch (below(5)) {
    case 0:
      use_mutex();
      break;
    case 1:
      use_to_read();
      break;
    case 2:
      use_to_write();
      break;
    case 3:
      use_semaphore();
      break;
    default:
      use_store();
    }
    if (!below(4))
      coro_yield_now();
  }
}

static coro_task(work) works[TASKS];
static coro_job jobs[TASKS];

static void count(coro_job *job, coro_status status) {
  (void)job;
  ends++;
  cancelled += status == CORO_CANCELLED;
}
static yields void be_cruel(void) {
  for (int i = 0; i < TASKS; i++) {
    coro_sleep(below(60));
    coro_job_cancel(&jobs[below(TASKS)]);
  }
}

static void run(void) {
  coro_fake_init(&fake, NULL, 0);
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
  coro_seeded seeded;
  coro_seeded_init(&seeded, seed);
  if (below(2))
    coro_executor_set_scheduler(&executor, &seeded.scheduler);
  mutex = store_mutex = (coro_mutex)CORO_MUTEX_INIT;
  rwlock = (coro_rwlock)CORO_RWLOCK_INIT;
  semaphore = (coro_semaphore)CORO_SEMAPHORE_INIT(PERMITS);
  more = fewer = (coro_condition)CORO_CONDITION_INIT;
  stored = ends = 0;
  for (int i = 0; i < TASKS; i++) {
    coro_start(&works[i], work);
    coro_executor_add(&executor, &jobs[i], coro_erase(&works[i]), count);
  }
  static coro_task(be_cruel) cruel;
  coro_job job;
  coro_start(&cruel, be_cruel);
  coro_executor_add(&executor, &job, coro_erase(&cruel), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  CHECK(ends == TASKS && !fake.timers.first);
  CHECK(!in_mutex && !readers && !writers && !taken);
  CHECK(coro_mutex_try_lock(&mutex) && coro_mutex_try_lock(&store_mutex));
  CHECK(coro_rwlock_try_write(&rwlock));
  CHECK(coro_semaphore_try_acquire(&semaphore, PERMITS));
  CHECK(!more.queue.first && !fewer.queue.first);
}

int main(void) {
  for (uint64_t i = 1; i <= SEEDS; i++) {
    seed = i * 7919;
    run();
  }
  CHECK(cancelled > SEEDS && timed_out > SEEDS);
}
