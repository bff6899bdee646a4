// Whenever a wait for a condition is over its mutex is held: notified, timed
// out, cancelled while it waits, cancelled after it was notified, cancelled
// while it waits for the mutex. A notification that the cancelled one does not
// act upon goes to the next. As an arm of a race, too.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "tasks.h"

static coro_mutex m;
static coro_condition c;
static coro_event stop;
static const char *holder;

static void unlock(const char **name) {
  CHECK(holder == NULL || holder == *name);
  CHECK(m.word); /* locked, by us: see below */
  holder = NULL;
  coro_mutex_unlock(&m);
}
static yields void wait(const char *name) {
  coro_mutex_lock(&m);
  __attribute__((cleanup(unlock))) const char *me = name;
  coro_condition_wait(&c, &m);
  event(me);
}
static yields void wait_for(const char *name, uint64_t ns) {
  coro_mutex_lock(&m);
  __attribute__((cleanup(unlock))) const char *me = name;
  int error = coro_condition_wait_for(&c, &m, ns);
  CHECK(error == 0 || error == CORO_TIMED_OUT);
  event(error ? "late" : "notified");
  event(me);
}
static yields void wait_or_stop(const char *name) {
  coro_mutex_lock(&m);
  __attribute__((cleanup(unlock))) const char *me = name;
  coro_condition_wait_op op;
  coro_event_wait_op stopped;
  coro_condition_wait_op_init(&op, &c, &m);
  coro_event_wait_op_init(&stopped, &stop);
  event(coro_race(&op, &stopped) == 0 ? "notified" : "stopped");
  event(me);
}
static yields void sleep_and_notify(uint64_t ns) {
  coro_sleep(ns);
  coro_condition_notify(&c);
}

static void in_order(void) {
  open_executor();
  BEGIN("", wait, "a");
  BEGIN("", wait, "b");
  BEGIN("", wait, "c");
  BEGIN("", wait, "d");
  CHECK(!m.word);
  coro_condition_notify(&c);
  run_ready();
  check_text(events, "a");
  coro_condition_notify_all(&c);
  close_executor("a b c d");
  coro_condition_notify(&c); /* nobody waits: nothing is kept */
  CHECK(!m.word && !c.queue.first);
}

/* Cancelled while the mutex is somebody else's: each waits for it. */
static void cancelled(void) {
  open_executor();
  coro_job *a = BEGIN("a!", wait, "a");
  coro_job *b = BEGIN("b!", wait, "b");
  coro_job *d = BEGIN("d!", wait, "d");
  BEGIN("", wait, "e");
  BEGIN("", wait, "f");
  CHECK(coro_mutex_try_lock(&m));
  coro_job_cancel(a);
  run_ready();
  check_text(events, "");
  coro_condition_notify(&c); /* b is told, */
  coro_job_cancel(b);        /* and cancelled before it runs: d is told, */
  run_ready();               /* waits for the mutex, */
  coro_job_cancel(d);        /* and is cancelled: e is told */
  run_ready();
  check_text(events, "");
  coro_mutex_unlock(&m);
  run_ready();
  check_text(events, "a! b! d! e");
  coro_condition_notify(&c);
  close_executor("a! b! d! e f");
  CHECK(!m.word);
}

static void in_time(void) {
  open_executor();
  BEGIN("", wait_for, "a", 10);
  BEGIN("", wait_for, "b", 30);
  BEGIN("", wait_for, "c", 40);
  BEGIN("", sleep_and_notify, 20);
  close_executor("late a notified b late c");
  CHECK(!m.word && !c.queue.first);
}

static void in_a_race(void) {
  open_executor();
  BEGIN("", wait_or_stop, "a");
  BEGIN("", wait_or_stop, "b");
  BEGIN("", wait, "c");
  coro_condition_notify(&c);
  run_ready();
  CHECK(coro_mutex_try_lock(&m));
  coro_condition_notify(&c); /* b is told, has to wait for the mutex, */
  run_ready();
  coro_event_set(&stop); /* and is not interested any more: c is told */
  run_ready();
  coro_mutex_unlock(&m);
  close_executor("notified a stopped b c");
  CHECK(!m.word && !c.queue.first);
}

/* Whoever gets the mutex and notifies finds the one that let go of it. */
static bool found;
static void look(void *data) {
  (void)data;
  found = c.queue.first;
}
static void waits_before_it_unlocks(void) {
  static const coro_waker_ops looks = {.wake = look};
  coro_context cx = CORO_CONTEXT_INIT;
  cx.waker.ops = &looks;
  coro_mutex_lock_op next;
  coro_condition_wait_op op;
  CHECK(coro_mutex_try_lock(&m));
  coro_mutex_lock_op_init(&next, &m);
  coro_condition_wait_op_init(&op, &c, &m);
  CHECK(next.waiter.future.poll(&next.waiter.future, &cx) == CORO_PENDING);
  CHECK(op.future.poll(&op.future, &cx) == CORO_PENDING && found);
  CHECK(next.waiter.future.poll(&next.waiter.future, &cx) == CORO_DONE);
  coro_condition_notify(&c);
  coro_mutex_unlock(&m);
  CHECK(op.future.poll(&op.future, &cx) == CORO_DONE);
  coro_mutex_unlock(&m);
}

int main(void) {
  in_order();
  cancelled();
  in_time();
  in_a_race();
  waits_before_it_unlocks();
}
