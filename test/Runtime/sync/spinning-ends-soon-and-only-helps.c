// A task that finds a shared lock taken spins before it suspends, where another
// thread may run meanwhile and its own has nothing else to do; not while others
// wait, and ever less often where that was in vain. What is given back
// meanwhile is taken, without waiting.
// REQUIRES: x86
// RUN: %clang %cflags -O1 -include %S/Inputs/count-pauses.h %s %root/runtime/sync/wait.c %root/runtime/sync/mutex.c %root/runtime/sync/rwlock.c %root/runtime/sync/semaphore.c %rt -o %t && %t
#include "../check.h"

#include <coro/executor.h>
#include <coro/sync.h>
#include <coro/time.h>

/* The platform. */
static bool parallel;
bool coro_port_parallel(void);
bool coro_port_parallel(void) { return parallel; }
uint64_t coro_port_now(void);
uint64_t coro_port_now(void) { return 0; }
uint64_t (*const coro_clock)(void) = 0;
void coro_port_wait(const uint32_t *word, uint32_t expected, uint64_t ns);
void coro_port_wait(const uint32_t *word, uint32_t expected, uint64_t ns) {
  (void)word, (void)expected, (void)ns;
}
void coro_port_wake(const uint32_t *word);
void coro_port_wake(const uint32_t *word) { (void)word; }

static long pauses, until_given_back;
static coro_mutex mutex, local;
static coro_rwlock rwlock;
static coro_semaphore semaphore;
static void (*give_back)(void);

void pause_here(void) {
  pauses++;
  if (until_given_back && --until_given_back == 0)
    give_back();
}

/* Polled once and, if it waits, cancelled: true if it was done. */
static long spent;
static bool try_with(coro_future *future, coro_executor *executor) {
  coro_context cx = CORO_CONTEXT_INIT;
  cx.executor = executor;
  pauses = 0;
  bool done = future->poll(future, &cx) == CORO_DONE;
  spent = pauses;
  if (!done)
    coro_future_cancel(future, &cx);
  return done;
}
static bool try_mutex(coro_mutex *which, coro_executor *executor) {
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, which);
  return try_with(&op.waiter.future, executor);
}
static bool try_to_read(void) {
  coro_rwlock_op op;
  coro_rwlock_read_op_init(&op, &rwlock);
  return try_with(&op.waiter.future, NULL);
}
static bool try_to_write(void) {
  coro_rwlock_op op;
  coro_rwlock_write_op_init(&op, &rwlock);
  return try_with(&op.waiter.future, NULL);
}
static bool try_semaphore(void) {
  coro_semaphore_acquire_op op;
  coro_semaphore_acquire_op_init(&op, &semaphore, 2);
  return try_with(&op.waiter.future, NULL);
}

static void unlock(void) { coro_mutex_unlock(&mutex); }
static void end_write(void) { coro_rwlock_end_write(&rwlock); }
static void release(void) { coro_semaphore_release(&semaphore, 1); }

static void begin(void) {
  mutex = (coro_mutex)CORO_MUTEX_SHARED_INIT;
  local = (coro_mutex)CORO_MUTEX_INIT;
  rwlock = (coro_rwlock)CORO_RWLOCK_SHARED_INIT;
  semaphore = (coro_semaphore)CORO_SEMAPHORE_SHARED_INIT(1);
  CHECK(coro_mutex_try_lock(&mutex) && coro_mutex_try_lock(&local));
  CHECK(coro_rwlock_try_write(&rwlock));
  parallel = true;
}

static void not_where_it_cannot_help(void) {
  begin();
  parallel = false;
  CHECK(!try_mutex(&mutex, NULL) && !spent);
  CHECK(!try_to_read() && !spent && !try_semaphore() && !spent);
  parallel = true;
  CHECK(!try_mutex(&local, NULL) && !spent);
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_runnable ready = {0};
  executor.first = &ready;
  CHECK(!try_mutex(&mutex, &executor) && !spent);
  executor.first = NULL;
  CHECK(!try_mutex(&mutex, &executor) && spent > 0 && spent < 1000);
  /* While others wait. */
  begin();
  coro_mutex_lock_op waits;
  coro_mutex_lock_op_init(&waits, &mutex);
  coro_context cx = CORO_CONTEXT_INIT;
  parallel = false;
  CHECK(waits.waiter.future.poll(&waits.waiter.future, &cx) == CORO_PENDING);
  parallel = true;
  CHECK(!try_mutex(&mutex, NULL) && !spent);
  coro_future_cancel(&waits.waiter.future, &cx);
}

static void ever_less_often(void) {
  begin();
  int spun = 0, last = 0;
  for (int i = 1; i <= 1000; i++) {
    CHECK(!try_mutex(&mutex, NULL));
    if (!spent)
      continue;
    CHECK(i - last <= 64);
    last = i;
    spun++;
  }
  CHECK(spun >= 1000 / 64 && spun < 30);
}

static void what_is_given_back_is_taken(void) {
  begin();
  until_given_back = 10;
  give_back = unlock;
  CHECK(try_mutex(&mutex, NULL) && spent >= 10);
  until_given_back = 10;
  give_back = end_write;
  CHECK(try_to_read() && spent >= 10);
  until_given_back = 10;
  give_back = release;
  CHECK(try_semaphore() && spent >= 10);
  coro_rwlock_end_read(&rwlock);
  CHECK(coro_rwlock_try_write(&rwlock));
  until_given_back = 10;
  give_back = end_write;
  CHECK(try_to_write() && spent >= 10);
  /* It was not in vain, so the next one spins, too. */
  for (int i = 0; i < 100; i++) {
    until_given_back = 10;
    give_back = unlock;
    CHECK(try_mutex(&mutex, NULL) && spent >= 10);
  }
}

/* Who was woken spins as well, and needs nobody to hand it over. */
static void who_was_woken_spins(void) {
  begin();
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, &mutex);
  coro_context cx = CORO_CONTEXT_INIT;
  CHECK(op.waiter.future.poll(&op.waiter.future, &cx) == CORO_PENDING);
  coro_mutex_unlock(&mutex);
  CHECK(coro_mutex_try_lock(&mutex));
  mutex.queue.pause = 0; /* it was in vain before */
  until_given_back = 10;
  give_back = unlock;
  pauses = 0;
  CHECK(op.waiter.future.poll(&op.waiter.future, &cx) == CORO_DONE);
  CHECK(pauses >= 10 && mutex.word == CORO_MUTEX_HELD);
}

int main(void) {
  not_where_it_cannot_help();
  ever_less_often();
  what_is_given_back_is_taken();
  who_was_woken_spins();
}
