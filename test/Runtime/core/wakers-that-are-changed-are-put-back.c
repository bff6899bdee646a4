// A poll may change the waker of its context for what it polls itself, and puts
// it back: what wakes itself in between wakes by the changed one, and what does
// so afterwards, in the same poll, by the executor's. Over each executor, where
// the compiler sees the change and where it does not.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O1 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %corocc %cflags -O3 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fsanitize=address,undefined %s -o %t && %t
#include "../check.h"

#include <coro/coro.h>

/* A future around another one, whose wakes it counts and hands on. */
typedef struct {
  coro_future future;
  coro_future *inner;
  coro_waker outer; /* of the last poll */
  int wakes;
} counted;

static void wake_counted(void *self) {
  ((counted *)self)->wakes++;
  coro_wake_local(((counted *)self)->outer);
}
static const coro_waker_ops counting = {wake_counted, NULL, NULL};

static inline coro_status poll_seen(coro_future *self, coro_context *cx) {
  counted *c = (counted *)self;
  c->outer = cx->waker;
  cx->waker = (coro_waker){&counting, c};
  coro_status status = c->inner->poll(c->inner, cx);
  cx->waker = c->outer;
  return status;
}

/* The same where the optimiser does not look. */
static __attribute__((noinline, optnone)) coro_status
poll_unseen(coro_future *self, coro_context *cx) {
  return poll_seen(self, cx);
}

/* Done when it was polled often enough; wakes itself until then. */
typedef struct {
  coro_future future;
  int polls;
} busy;

static coro_status poll_busy(coro_future *self, coro_context *cx) {
  if (!--((busy *)self)->polls)
    return CORO_DONE;
  coro_wake_local(cx->waker);
  return CORO_PENDING;
}

enum { POLLS = 5, ROUNDS = 3 };

/* The same as a function that suspends, in a task that a future polls. */
static yields int suspends(void) {
  int polls = 0;
  while (++polls < POLLS)
    coro_yield_now();
  return polls;
}

typedef struct {
  coro_future future;
  coro_task(suspends) task;
} started;

static coro_status poll_started(coro_future *self, coro_context *cx) {
  return coro_poll(&((started *)self)->task, cx);
}

static coro_mutex mutex = CORO_MUTEX_INIT;

static yields int seen(void) {
  int wakes = 0;
  for (int round = 0; round < ROUNDS; round++) {
    busy own = {{poll_busy, 0}, POLLS};
    counted c = {{poll_seen, 0}, &own.future, {0, 0}, 0};
    coro_wait(&c.future);
    coro_yield_now();
    wakes += c.wakes;
    coro_mutex_lock(&mutex);
    coro_yield_now();
    coro_mutex_unlock(&mutex);
  }
  return wakes;
}

static yields int unseen(void) {
  int wakes = 0;
  for (int round = 0; round < ROUNDS; round++) {
    started own = {.future = {poll_started, 0}};
    coro_start(&own.task, suspends);
    counted c = {{poll_unseen, 0}, &own.future, {0, 0}, 0};
    coro_yield_now();
    coro_wait(&c.future);
    coro_yield_now();
    CHECK(own.task.result == POLLS);
    wakes += c.wakes;
    coro_sleep(1);
    coro_yield_now();
  }
  return wakes;
}

CORO_EXECUTOR(set, seen, unseen);

static void in_a_closed_set(void) {
  struct set e;
  struct set_slot slots[2];
  set_init(&e, slots, 2, NULL, NULL);
  struct set_slot *one = coro_closed_keep(&e, seen);
  struct set_slot *two = coro_closed_keep(&e, unseen);
  CHECK(set_run(&e) == CORO_RUN_FINISHED);
  CHECK(one->task.seen.result == ROUNDS * (POLLS - 1));
  CHECK(two->task.unseen.result == ROUNDS * (POLLS - 1));
  set_drop(&e, one);
  set_drop(&e, two);
  set_fini(&e);
}

static void in_an_executor(void) {
  coro_executor e;
  coro_executor_init(&e, NULL, NULL);
  coro_task(seen) one;
  coro_task(unseen) two;
  coro_job first, second;
  coro_start(&one, seen);
  coro_start(&two, unseen);
  coro_executor_add(&e, &first, coro_erase(&one), NULL);
  coro_executor_add(&e, &second, coro_erase(&two), NULL);
  CHECK(coro_executor_run(&e) == CORO_RUN_FINISHED);
  CHECK(one.result == ROUNDS * (POLLS - 1));
  CHECK(two.result == ROUNDS * (POLLS - 1));
  coro_executor_fini(&e);
}

int main(void) {
  CHECK(coro_block_on(seen) == ROUNDS * (POLLS - 1));
  CHECK(coro_block_on(unseen) == ROUNDS * (POLLS - 1));
  in_a_closed_set();
  in_an_executor();
  return 0;
}
