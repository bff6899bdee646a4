// A poll may change the waker of its context for what it polls itself, and puts
// it back: what wakes itself in between wakes by the changed one, and what does
// so before and afterwards, in the same poll, by the executor's. Over each kind
// of executor, where the compiler sees the change and where it does not.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O1 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %corocc %cflags -O3 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fsanitize=address,undefined %s -o %t && %t
#include "../check.h"

#include <coro/coro.h>

enum { POLLS = 5, ROUNDS = 3 };

static coro_mutex inner = CORO_MUTEX_INIT, mutex = CORO_MUTEX_INIT;

static yields int suspends(void) {
  int polls = 0;
  while (++polls < POLLS) {
    coro_mutex_lock(&inner);
    coro_mutex_unlock(&inner);
    coro_yield_now();
  }
  return polls;
}

/* A future around a task, whose wakes it counts and hands on. */
typedef struct {
  coro_future future;
  coro_task(suspends) task;
  coro_waker outer; /* of the last poll */
  int wakes;
} counted;

static void wake_counted(void *self) {
  ((counted *)self)->wakes++;
  coro_wake_local(((counted *)self)->outer);
}
static const coro_waker_ops counting = {wake_counted, NULL, NULL};

/* Two words, not a copied struct: the optimiser sees what each becomes. */
static inline __attribute__((always_inline)) coro_status
poll_seen(coro_future *self, coro_context *cx) {
  counted *c = (counted *)self;
  coro_waker outer = cx->waker;
  c->outer = outer;
  cx->waker.ops = &counting;
  cx->waker.data = c;
  coro_status status = coro_poll(&c->task, cx);
  if (status == CORO_PENDING)
    coro_wake_local(cx->waker); /* counted, too */
  cx->waker.ops = outer.ops;
  cx->waker.data = outer.data;
  return status;
}

/* The same where the optimiser does not look. */
static __attribute__((noinline, optnone)) coro_status
poll_unseen(coro_future *self, coro_context *cx) {
  return poll_seen(self, cx);
}

/* One function for each place, so that it is inlined there. */
#define TASKS(place)                                                           \
  static yields int seen_##place(void) {                                       \
    AROUND(while (poll_seen(&c.future, coro_self()) == CORO_PENDING)           \
               coro_suspend())                                                 \
  }                                                                            \
  static yields int unseen_##place(void) { AROUND(coro_wait(&c.future)) }
#define AROUND(wait)                                                           \
  int wakes = 0;                                                               \
  for (int round = 0; round < ROUNDS; round++) {                               \
    counted c = {.future = {poll_unseen, 0}};                                  \
    coro_start(&c.task, suspends);                                             \
    coro_yield_now();                                                          \
    wait;                                                                      \
    coro_yield_now();                                                          \
    CHECK(c.task.result == POLLS);                                             \
    wakes += c.wakes;                                                          \
    coro_mutex_lock(&mutex);                                                   \
    coro_yield_now();                                                          \
    coro_mutex_unlock(&mutex);                                                 \
    coro_sleep(1);                                                             \
    coro_yield_now();                                                          \
  }                                                                            \
  return wakes;

enum { WAKES = ROUNDS * (POLLS - 1) * 2 };

TASKS(here)

static void in_place(void) {
  CHECK(coro_block_on(seen_here) == WAKES);
  CHECK(coro_block_on(unseen_here) == WAKES);
}

TASKS(in_set)
CORO_EXECUTOR(set, seen_in_set, unseen_in_set);

static void in_a_closed_set(void) {
  struct set e;
  struct set_slot slots[2];
  set_init(&e, slots, 2, NULL, NULL);
  struct set_slot *one = coro_closed_keep(&e, seen_in_set);
  struct set_slot *two = coro_closed_keep(&e, unseen_in_set);
  CHECK(set_run(&e) == CORO_RUN_FINISHED);
  CHECK(one->task.seen_in_set.result == WAKES);
  CHECK(two->task.unseen_in_set.result == WAKES);
  set_drop(&e, one);
  set_drop(&e, two);
  set_fini(&e);
}

TASKS(as_job)

static void in_an_executor(void) {
  coro_executor e;
  coro_executor_init(&e, NULL, NULL);
  coro_task(seen_as_job) one;
  coro_task(unseen_as_job) two;
  coro_job first, second;
  coro_start(&one, seen_as_job);
  coro_start(&two, unseen_as_job);
  coro_executor_add(&e, &first, coro_erase(&one), NULL);
  coro_executor_add(&e, &second, coro_erase(&two), NULL);
  CHECK(coro_executor_run(&e) == CORO_RUN_FINISHED);
  CHECK(one.result == WAKES);
  CHECK(two.result == WAKES);
  coro_executor_fini(&e);
}

int main(void) {
  in_place();
  in_a_closed_set();
  in_an_executor();
  return 0;
}
