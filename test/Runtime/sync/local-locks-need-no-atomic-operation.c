// Whatever is done with local primitives, there is no atomic read-modify-write;
// a shared lock that nobody waits for costs one to lock and one to unlock.
// RUN: %clang %cflags -O1 -include %S/Inputs/count-atomics.h %s %root/runtime/sync/wait.c %root/runtime/sync/mutex.c %root/runtime/sync/rwlock.c %root/runtime/sync/semaphore.c %root/runtime/sync/event.c %root/runtime/sync/once.c %root/runtime/sync/barrier.c %root/runtime/sync/condition.c %rt -o %t && %t
#include "../check.h"

#include <coro/sync.h>

int atomics;

static int wakes;
static void wake(void *data) {
  (void)data;
  CHECK(false);
}
static void wake_local(void *data) {
  (void)data;
  wakes++;
}
static const coro_waker_ops waker = {wake, wake_local, NULL};
static coro_context cx = {.waker = {&waker, 0}, .fuel = CORO_FUEL_UNLIMITED};

static bool poll(coro_future *future) {
  return future->poll(future, &cx) == CORO_DONE;
}

static void mutex_and_condition(void) {
  coro_mutex m = CORO_MUTEX_INIT;
  coro_condition c = CORO_CONDITION_INIT;
  coro_mutex_lock_op a, b;
  coro_condition_wait_op w;
  coro_mutex_lock_op_init(&a, &m);
  coro_mutex_lock_op_init(&b, &m);
  CHECK(coro_mutex_try_lock(&m) && !coro_mutex_try_lock(&m));
  CHECK(!poll(&a.waiter.future) && !poll(&b.waiter.future));
  coro_mutex_unlock(&m);
  CHECK(poll(&a.waiter.future));
  coro_future_cancel(&b.waiter.future, &cx);
  coro_condition_wait_op_init(&w, &c, &m);
  CHECK(!poll(&w.future));
  coro_condition_notify(&c);
  CHECK(poll(&w.future));
  coro_mutex_unlock(&m);
}

static void rwlock_and_semaphore(void) {
  coro_rwlock l = CORO_RWLOCK_INIT;
  coro_semaphore s = CORO_SEMAPHORE_INIT(2);
  coro_rwlock_op r, w;
  coro_semaphore_acquire_op a;
  coro_rwlock_read_op_init(&r, &l);
  coro_rwlock_write_op_init(&w, &l);
  CHECK(poll(&r.waiter.future) && !poll(&w.waiter.future));
  coro_rwlock_end_read(&l);
  CHECK(poll(&w.waiter.future));
  coro_rwlock_end_write(&l);
  coro_semaphore_acquire_op_init(&a, &s, 3);
  CHECK(coro_semaphore_try_acquire(&s, 1) && !poll(&a.waiter.future));
  coro_semaphore_release(&s, 2);
  CHECK(poll(&a.waiter.future));
}

static void the_others(void) {
  coro_event e = CORO_EVENT_INIT;
  coro_once o = CORO_ONCE_INIT;
  coro_barrier b = CORO_BARRIER_INIT(2);
  coro_event_wait_op event;
  coro_once_op once;
  coro_barrier_wait_op barrier;
  coro_event_wait_op_init(&event, &e);
  coro_once_op_init(&once, &o);
  coro_barrier_wait_op_init(&barrier, &b);
  CHECK(coro_once_try_begin(&o) == CORO_ONCE_YOURS);
  CHECK(!poll(&event.waiter.future) && !poll(&once.waiter.future));
  CHECK(!poll(&barrier.waiter.future) && coro_barrier_try_wait(&b));
  coro_event_set(&e);
  coro_once_end(&o, true);
  CHECK(poll(&event.waiter.future) && poll(&once.waiter.future));
  CHECK(poll(&barrier.waiter.future));
  coro_event_reset(&e);
}

int main(void) {
  mutex_and_condition();
  rwlock_and_semaphore();
  the_others();
  CHECK(atomics == 0 && wakes == 7);

  coro_mutex shared = CORO_MUTEX_SHARED_INIT;
  CHECK(coro_mutex_try_lock(&shared) && atomics == 1);
  coro_mutex_unlock(&shared);
  CHECK(atomics == 2);
}
