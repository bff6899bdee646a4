// What a program makes to be waited for by many: a future that wakes itself, or
// gives way, in its poll; one that shares its place with another one; and what
// only looks like a shared future is none. A task that has ended is in time,
// also where the poll that would say so has no fuel.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fplugin-arg-coro-poison-dead %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t
#include "run.h"

enum { MANY = 4 };

/* Done at the ninth poll, of whoever; wakes itself until then. */
struct busy {
  coro_shared shared;
  int polls;
};

static coro_status poll_busy(coro_future *future, coro_context *cx) {
  struct busy *self = (struct busy *)future;
  if (++self->polls >= 9)
    return CORO_DONE;
  if (self->polls % 2)
    coro_wake_local(cx->waker);
  else
    coro_wake(cx->waker);
  return coro_shared_pending(&self->shared, cx);
}

static coro_status leave_busy(coro_future *future, coro_context *cx) {
  coro_shared_leave((coro_shared *)future, cx);
  return CORO_CANCELLED;
}

static yields void wait_for(struct busy *busy) {
  CHECK(coro_wait(busy) == CORO_DONE);
}

static yields void wakes_itself(void) {
  struct busy busy = {{{poll_busy, leave_busy}, {0, 0}}, 0};
  coro_spawned *who[MANY];
  for (int i = 0; i < MANY; i++)
    CHECK((who[i] = coro_spawn(wait_for, &busy)));
  for (int i = 0; i < MANY; i++) {
    CHECK(coro_wait(who[i]) == CORO_DONE);
    coro_detach(who[i]);
  }
}

/* Something else in the place of one. */
struct either {
  union {
    coro_shared shared;
    coro_event_wait_op event;
    coro_future plain;
  };
};
static coro_event happens = CORO_EVENT_INIT;

static coro_status poll_third(coro_future *future, coro_context *cx) {
  static int polls;
  (void)future;
  coro_wake_local(cx->waker);
  return ++polls % 3 ? CORO_PENDING : CORO_DONE;
}

static yields void others_in_its_place(void) {
  struct either either;
  coro_event_wait_op_init(&either.event, &happens);
  coro_wait(&either.event);
  coro_event_wait_op_init(&either.event, &happens);
  coro_wait(&either.event.waiter.future);
  coro_event_wait_op ops[2];
  coro_event_wait_op_init(ops, &happens);
  coro_wait(&ops->waiter.future);
  either.plain = (coro_future){poll_third, NULL};
  CHECK(coro_wait(&either.plain) == CORO_DONE);
  struct busy busy[1] = {{{{poll_busy, leave_busy}, {0, 0}}, 0}};
  CHECK(coro_wait(&busy->shared.future) == CORO_DONE);
  uintptr_t address = (uintptr_t)busy;
  CHECK(coro_wait(&((coro_shared *)address)->future) == CORO_DONE);
}

static yields void set_later(void) {
  coro_yield_now();
  coro_event_set(&happens);
}

static yields void only_looks_so(void) {
  coro_task(set_later) sets;
  coro_task(others_in_its_place) waits;
  coro_start(&sets, set_later);
  coro_start(&waits, others_in_its_place);
  coro_join(&waits, &sets);
}

static coro_spawned *before, *slow;
static yields int nothing(void) { return 1; }
static yields void sleep_a_little(void) { coro_sleep(CORO_MILLISECOND); }

/* When the sleeper has ended the alarm has rung as well. */
static yields void hold_up(void) {
  coro_yield_now();
  coro_yield_now();
  for (uint64_t end = coro_now() + 300 * CORO_MILLISECOND; coro_now() < end;)
    ;
}
static yields void spend(void) {
  coro_wait(slow);
  while (coro_self()->fuel)
    coro_wait(before);
}
static yields int is_in_time(void) {
  return coro_timeout(200 * CORO_MILLISECOND, slow);
}

static yields void ended_without_fuel(void) {
  CHECK((before = coro_spawn(nothing)));
  coro_wait(before);
  CHECK((slow = coro_spawn(sleep_a_little)));
  coro_task(spend) spends;
  coro_task(is_in_time) timed;
  coro_start(&spends, spend);
  coro_start(&timed, is_in_time);
  coro_detach(coro_spawn(hold_up));
  coro_join(&spends, &timed);
  CHECK(timed.result);
  coro_detach(slow);
  coro_detach(before);
}

/* One that is no child is in line for what ends next, when the scope goes. */
static yields void in_line(coro_scope *scope) {
  while (coro_scope_next(scope))
    ;
}
static yields void count(int n) {
  while (n--)
    coro_yield_now();
}
static yields void has_scope(coro_spawned **out) {
  coro_scope_var(scope, 0);
  CHECK((*out = coro_spawn(in_line, &scope)));
  CHECK(coro_scope_spawn(&scope, count, 10));
  coro_yield_now();
  coro_yield_now();
}
static yields void reuse(void) {
  char bytes[400];
  memset(bytes, 0x55, sizeof(bytes));
  coro_yield_now();
  __asm__ volatile("" ::"r"(bytes) : "memory");
}
static yields void others_hear_first(void) {
  coro_spawned *other = NULL;
  has_scope(&other);
  reuse();
  coro_wait(other);
  coro_detach(other);
}

int main(void) {
  RUN(wakes_itself);
  RUN(only_looks_so);
  RUN(ended_without_fuel);
  RUN(others_hear_first);
}
