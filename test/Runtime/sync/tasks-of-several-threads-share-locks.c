// Several threads, each with an executor and tasks, and the timers of its own;
// all use the same shared primitives, wait for limited times, hold locks across
// suspensions, race, and are cancelled. What the locks guard is plain memory:
// ThreadSanitizer sees whether they do.
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan 400
// RUN: %corocc %cflags -O2 %s -o %t && %t 600
#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>

enum { THREADS = 4, TASKS = 8, ROOM = 2, PERMITS = 3 };
static int turns;

static coro_mutex mutex = CORO_MUTEX_SHARED_INIT;
static coro_rwlock rwlock = CORO_RWLOCK_SHARED_INIT;
static coro_semaphore semaphore = CORO_SEMAPHORE_SHARED_INIT(PERMITS);
static coro_barrier start = CORO_BARRIER_SHARED_INIT(THREADS * TASKS);
static coro_once once = CORO_ONCE_SHARED_INIT;
static coro_event over = CORO_EVENT_SHARED_INIT;
static coro_mutex store_mutex = CORO_MUTEX_SHARED_INIT;
static coro_condition changed = CORO_CONDITION_SHARED_INIT;

/* Guarded by the above. */
static long in_mutex, locked, written, halves[2], once_done, stored;
static uint32_t users; /* atomic */

struct self {
  uint64_t random;
  long locked, written;
  int step;
};

static uint64_t pick(struct self *self, uint32_t n) {
  return next_random(&self->random) % n;
}
static yields void hold(struct self *self) {
  if (pick(self, 4) == 0)
    coro_yield_now();
  if (pick(self, 40) == 0)
    coro_sleep(pick(self, 50) * CORO_MICROSECOND);
}

static void unlock(coro_mutex **held) {
  if (!*held)
    return;
  CHECK(--in_mutex == 0);
  coro_mutex_unlock(*held);
}
/* By each way to lock it; NULL where that failed. */
static yields coro_mutex *lock_somehow(struct self *self) {
  coro_mutex_lock_op op;
  coro_event_wait_op stop;
  switch (pick(self, 4)) {
  case 0:
    coro_mutex_lock(&mutex);
    return &mutex;
  case 1:
    return coro_mutex_lock_for(&mutex, pick(self, 100) * CORO_MICROSECOND)
               ? NULL
               : &mutex;
  case 2:
    return coro_mutex_try_lock(&mutex) ? &mutex : NULL;
  default:
    coro_mutex_lock_op_init(&op, &mutex);
    coro_event_wait_op_init(&stop, &over);
    return coro_race(&op, &stop) == 0 ? &mutex : NULL;
  }
}
static yields void use_mutex(struct self *self) {
  __attribute__((cleanup(unlock))) coro_mutex *held = lock_somehow(self);
  if (!held)
    return;
  CHECK(in_mutex++ == 0);
  locked++;
  self->locked++;
  hold(self);
}

static void end_read(bool *is) {
  if (!*is)
    return;
  CHECK(halves[0] == halves[1]);
  coro_rwlock_end_read(&rwlock);
}
static yields void use_to_read(struct self *self) {
  __attribute__((cleanup(end_read))) bool is = false;
  if (pick(self, 2))
    coro_rwlock_read(&rwlock);
  else if (coro_rwlock_read_for(&rwlock, pick(self, 100) * CORO_MICROSECOND))
    return;
  is = true;
  CHECK(halves[0] == halves[1]);
  hold(self);
}

static void end_write(bool *is) {
  if (!*is)
    return;
  halves[1]++;
  CHECK(halves[0] == halves[1]);
  coro_rwlock_end_write(&rwlock);
}
static yields void use_to_write(struct self *self) {
  __attribute__((cleanup(end_write))) bool is = false;
  if (pick(self, 2))
    coro_rwlock_write(&rwlock);
  else if (coro_rwlock_write_for(&rwlock, pick(self, 100) * CORO_MICROSECOND))
    return;
  is = true;
  halves[0]++;
  written++;
  self->written++;
  hold(self);
}

static void release(uint32_t *k) {
  __atomic_fetch_sub(&users, *k, __ATOMIC_RELAXED);
  coro_semaphore_release(&semaphore, *k);
}
static yields void use_semaphore(struct self *self) {
  __attribute__((cleanup(release))) uint32_t k = 0;
  uint32_t wanted = 1 + (uint32_t)pick(self, PERMITS);
  if (pick(self, 2))
    coro_semaphore_acquire(&semaphore, wanted);
  else if (coro_semaphore_acquire_for(&semaphore, wanted,
                                      pick(self, 100) * CORO_MICROSECOND))
    return;
  k = wanted;
  CHECK(__atomic_add_fetch(&users, k, __ATOMIC_RELAXED) <= PERMITS);
  hold(self);
}

static yields void use_each(struct self *self) {
  use_mutex(self);
  use_to_read(self);
  if (pick(self, 3) == 0)
    use_to_write(self);
  use_semaphore(self);
}

/* Half of the tasks bring, the others fetch, each equally often. */
static yields void use_store(struct self *self) {
  coro_mutex_lock(&store_mutex);
  while (stored + self->step < 0 || stored + self->step > ROOM)
    if (pick(self, 2))
      coro_condition_wait(&changed, &store_mutex);
    else
      (void)coro_condition_wait_for(&changed, &store_mutex,
                                    pick(self, 100) * CORO_MICROSECOND);
  stored += self->step;
  coro_mutex_unlock(&store_mutex);
  coro_condition_notify_all(&changed);
}

static yields int begin_once(struct self *self) {
  hold(self);
  once_done++;
  return 0;
}

static yields void work(struct self *self) {
  coro_barrier_wait(&start);
  CHECK(coro_once_run(&once, begin_once, self) == 0);
  CHECK(once_done == 1);
  for (int i = 0; i < turns; i++) {
    use_each(self);
    if (i % 4 == 0)
      use_store(self);
  }
  coro_barrier_wait(&start);
  coro_event_set(&over);
}

/* Until somebody cancels it. */
static yields void be_cancelled(struct self *self) {
  for (;;) {
    use_each(self);
    coro_yield_now();
  }
}
static yields void be_cruel(coro_job *victim) {
  while (!coro_event_is_set(&over)) {
    coro_event_wait_for(&over, 50 * CORO_MICROSECOND);
    coro_job_cancel(victim);
  }
  coro_job_cancel(victim);
}

struct victim {
  coro_job job;
  coro_task(be_cancelled) task;
  struct self self;
};
static void again(coro_job *job, coro_status status) {
  struct victim *victim = job->user;
  CHECK(status == CORO_CANCELLED);
  if (coro_event_is_set(&over))
    return;
  coro_start(&victim->task, be_cancelled, &victim->self);
  coro_executor_add(job->run.executor, job, coro_erase(&victim->task), again);
}

static void *run(void *argument) {
  uint64_t number = (uintptr_t)argument;
  coro_timers timers;
  coro_timers_init(&timers, NULL);
  coro_executor executor;
  coro_executor_init(&executor, NULL, &timers);

  static struct worker {
    coro_job job;
    coro_task(work) task;
    struct self self;
  } workers[THREADS][TASKS];
  for (int i = 0; i < TASKS; i++) {
    struct worker *worker = &workers[number][i];
    worker->self.random = 1 + number * TASKS + (uint64_t)i;
    worker->self.step = i % 2 ? 1 : -1;
    coro_start(&worker->task, work, &worker->self);
    coro_executor_add(&executor, &worker->job, coro_erase(&worker->task), NULL);
  }
  static struct victim victims[THREADS];
  static coro_job cruel_jobs[THREADS];
  static coro_task(be_cruel) cruel[THREADS];
  struct victim *victim = &victims[number];
  victim->self.random = 1000 + number;
  victim->job.user = victim;
  coro_start(&victim->task, be_cancelled, &victim->self);
  coro_executor_add(&executor, &victim->job, coro_erase(&victim->task), again);
  coro_start(&cruel[number], be_cruel, &victim->job);
  coro_executor_add(&executor, &cruel_jobs[number], coro_erase(&cruel[number]),
                    NULL);

  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  long *sums = calloc(2, sizeof(*sums));
  CHECK(sums);
  for (int i = 0; i < TASKS; i++) {
    sums[0] += workers[number][i].self.locked;
    sums[1] += workers[number][i].self.written;
  }
  sums[0] += victim->self.locked;
  sums[1] += victim->self.written;
  return sums;
}

int main(int argc, char **argv) {
  turns = argc > 1 ? atoi(argv[1]) : 10;
  pthread_t threads[THREADS];
  for (uintptr_t i = 0; i < THREADS; i++)
    CHECK(!pthread_create(&threads[i], NULL, run, (void *)i));
  long sums[2] = {0, 0};
  for (int i = 0; i < THREADS; i++) {
    void *its;
    CHECK(!pthread_join(threads[i], &its));
    sums[0] += ((long *)its)[0];
    sums[1] += ((long *)its)[1];
    free(its);
  }
  CHECK(locked == sums[0] && written == sums[1]);
  CHECK(halves[0] == written && halves[1] == written && written > 0);
  CHECK(!in_mutex && !stored && !users && once_done == 1);
  CHECK(coro_mutex_try_lock(&mutex) && coro_mutex_try_lock(&store_mutex));
  CHECK(coro_rwlock_try_write(&rwlock));
  CHECK(coro_semaphore_permits(&semaphore) == PERMITS);
  CHECK(!changed.queue.first && !start.waiting);
}
