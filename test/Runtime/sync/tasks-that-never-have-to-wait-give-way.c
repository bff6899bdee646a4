// A task whose every wait is over at once still lets others run after so many
// of them: whatever it waits for, by a call or an op, local or shared. Where no
// others run, under coro_block_on, it goes on.
// RUN: %corocc %cflags -O0 %s -o %t0 && %t0
// RUN: %corocc %cflags -O2 %s -o %t2 && %t2
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/coro.h>
#include <coro/pool.h>

/* Far more operations than one poll may do. */
enum { MANY = 10000, BEATS = 3 };

struct all {
  coro_mutex mutex;
  coro_rwlock rwlock;
  coro_semaphore semaphore;
  coro_event event;
  coro_once once;
  coro_barrier barrier;
};

static struct all local = {CORO_MUTEX_INIT,        CORO_RWLOCK_INIT,
                           CORO_SEMAPHORE_INIT(3), CORO_EVENT_INIT,
                           CORO_ONCE_INIT,         CORO_BARRIER_INIT(1)};
static struct all shared = {
    CORO_MUTEX_SHARED_INIT,        CORO_RWLOCK_SHARED_INIT,
    CORO_SEMAPHORE_SHARED_INIT(3), CORO_EVENT_SHARED_INIT,
    CORO_ONCE_SHARED_INIT,         CORO_BARRIER_SHARED_INIT(1)};

static int once_ran;
static int run_once(void) { return once_ran++ ? -1 : 0; }

enum { KINDS = 14 };

static yields void mutex_somehow(struct all *all, int kind) {
  coro_mutex_lock_op op;
  if (kind == 0)
    coro_mutex_lock(&all->mutex);
  else if (kind == 1)
    CHECK(coro_mutex_lock_for(&all->mutex, CORO_FOREVER) == 0);
  else {
    coro_mutex_lock_op_init(&op, &all->mutex);
    coro_wait(&op);
  }
  coro_mutex_unlock(&all->mutex);
}

static yields void rwlock_somehow(struct all *all, int kind) {
  bool write = kind > 4;
  if (kind == 3)
    coro_rwlock_read(&all->rwlock);
  else if (kind == 4)
    CHECK(coro_rwlock_read_for(&all->rwlock, CORO_FOREVER) == 0);
  else if (kind == 5)
    coro_rwlock_write(&all->rwlock);
  else
    CHECK(coro_rwlock_write_for(&all->rwlock, CORO_FOREVER) == 0);
  if (write)
    coro_rwlock_end_write(&all->rwlock);
  else
    coro_rwlock_end_read(&all->rwlock);
}

static yields void semaphore_somehow(struct all *all, int kind) {
  if (kind == 7)
    coro_semaphore_acquire(&all->semaphore, 2);
  else
    CHECK(coro_semaphore_acquire_for(&all->semaphore, 2, CORO_FOREVER) == 0);
  coro_semaphore_release(&all->semaphore, 2);
}

static yields void do_one(struct all *all, int kind) {
  if (kind < 3)
    mutex_somehow(all, kind);
  else if (kind < 7)
    rwlock_somehow(all, kind);
  else if (kind < 9)
    semaphore_somehow(all, kind);
  else if (kind == 9)
    coro_event_wait(&all->event);
  else if (kind == 10)
    CHECK(coro_event_wait_for(&all->event, CORO_FOREVER) == 0);
  else if (kind == 11)
    CHECK(coro_once_run(&all->once, run_once) == 0);
  else if (kind == 12)
    CHECK(coro_once_begin(&all->once) == CORO_ONCE_DONE);
  else
    CHECK(coro_barrier_wait(&all->barrier) == 1);
}

/* The two take turns: beats is changed by their thread alone. */
static int beats, greedy_kind;
static struct all *greedy_all;

static yields void beat(void) {
  for (beats = 0; beats < BEATS; beats++)
    coro_yield_now();
}

static yields void be_greedy(void) {
  int done = 0;
  while (beats < BEATS && done < MANY) {
    do_one(greedy_all, greedy_kind);
    done++;
  }
  CHECK(done < MANY);
}

/* A child of each kind, so that both are of one thread in a pool, too. */
static yields void both(struct all *all, int kind) {
  greedy_all = all;
  greedy_kind = kind;
  beats = 0;
  coro_spawned *greedy = coro_spawn(be_greedy);
  coro_spawned *other = coro_spawn(beat);
  CHECK(greedy && other);
  coro_wait(greedy);
  coro_wait(other);
  coro_detach(greedy);
  coro_detach(other);
}

static yields void each(void) {
  for (int kind = 0; kind < KINDS; kind++) {
    both(&local, kind);
    both(&shared, kind);
  }
}

static yields void alone(void) {
  for (int kind = 0; kind < KINDS; kind++)
    for (int i = 0; i < MANY; i++)
      do_one(&shared, kind);
}

static int wakes;
static void count_wake(void *data) {
  (void)data;
  wakes++;
}

/* An op gives way once, and then goes on whatever its context says; cancelled
 * in between it has done nothing. */
static void with_no_fuel_at_all(void) {
  static const coro_waker_ops counting = {count_wake, NULL, NULL};
  coro_context cx = {.waker = {&counting, NULL}, .fuel = 0};
  coro_mutex_lock_op op;
  coro_future *future = &op.waiter.future;
  coro_mutex_lock_op_init(&op, &shared.mutex);
  CHECK(future->poll(future, &cx) == CORO_PENDING && wakes == 1);
  CHECK(coro_future_cancel(future, &cx) == CORO_DONE && !shared.mutex.word);
  coro_mutex_lock_op_init(&op, &shared.mutex);
  CHECK(future->poll(future, &cx) == CORO_PENDING && wakes == 2);
  CHECK(future->poll(future, &cx) == CORO_DONE && wakes == 2);
  coro_mutex_unlock(&shared.mutex);
}

static void on_executor(void) {
  coro_timers timers;
  coro_timers_init(&timers, NULL);
  coro_executor executor;
  coro_executor_init(&executor, NULL, &timers);
  coro_task(each) task;
  coro_job job;
  coro_start(&task, each);
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
}

static void on_pool(void) {
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  CHECK(pool);
  coro_task(each) task;
  coro_job job;
  coro_start(&task, each);
  CHECK(!coro_pool_send(pool, &job, coro_erase(&task), NULL));
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  coro_pool_close(pool);
}

int main(void) {
  for (struct all *all = &local; all; all = all == &local ? &shared : NULL) {
    coro_event_set(&all->event);
    once_ran = 0;
    CHECK(coro_once_try_begin(&all->once) == CORO_ONCE_YOURS);
    coro_once_end(&all->once, true);
  }
  with_no_fuel_at_all();
  coro_block_on(alone);
  on_executor();
  on_pool();
}
