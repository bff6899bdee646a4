// A mutex of tasks: held across suspensions, handed over in order, never to a
// task that was cancelled, be it after it was given the mutex; nobody gets in
// between; time-outs; an arm of a race.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "tasks.h"

static coro_mutex m;
static coro_event stop;

static yields void lock(const char *name) {
  coro_mutex_lock(&m);
  event(name);
}
static yields void lock_for(const char *name, uint64_t ns) {
  int error = coro_mutex_lock_for(&m, ns);
  CHECK(error == 0 || error == CORO_TIMED_OUT);
  if (error)
    event("late");
  event(name);
}
static yields void lock_or_stop(const char *name) {
  coro_mutex_lock_op op;
  coro_event_wait_op stopped;
  coro_mutex_lock_op_init(&op, &m);
  coro_event_wait_op_init(&stopped, &stop);
  event(coro_race(&op, &stopped) == 0 ? name : "stopped");
}
static yields void sleep_and_unlock(uint64_t ns) {
  coro_sleep(ns);
  coro_mutex_unlock(&m);
}

static void in_order(void) {
  open_executor();
  CHECK(coro_mutex_try_lock(&m) && !coro_mutex_try_lock(&m));
  BEGIN("a", lock, "a");
  coro_job *b = BEGIN("b!", lock, "b");
  BEGIN("c", lock, "c");
  coro_job *d = BEGIN("d!", lock, "d");
  BEGIN("e", lock, "e");
  coro_job_cancel(b); /* while it waits */
  run_ready();
  check_text(events, "b!");
  coro_mutex_unlock(&m);
  CHECK(!coro_mutex_try_lock(&m)); /* it is a's, which has not run yet */
  run_ready();
  coro_mutex_unlock(&m);
  run_ready();
  coro_mutex_unlock(&m); /* it is d's */
  coro_job_cancel(d);    /* which is cancelled before it runs */
  run_ready();
  check_text(events, "b! a c d! e");
  coro_mutex_unlock(&m);
  CHECK(coro_mutex_try_lock(&m));
  coro_mutex_unlock(&m);
  close_executor("b! a c d! e");
}

static void in_time(void) {
  open_executor();
  CHECK(coro_mutex_try_lock(&m));
  BEGIN("", lock_for, "a", 10);
  BEGIN("", lock_for, "b", 30);
  BEGIN("", lock_for, "c", CORO_FOREVER);
  BEGIN("", lock_for, "d", 0);
  BEGIN("", sleep_and_unlock, 20);
  BEGIN("", sleep_and_unlock, 50);
  close_executor("late d late a b c");
  coro_mutex_unlock(&m);
}

static void in_a_race(void) {
  open_executor();
  BEGIN("", lock_or_stop, "a");
  BEGIN("", lock_or_stop, "b");
  BEGIN("", lock_or_stop, "c");
  coro_mutex_unlock(&m);
  run_ready();
  check_text(events, "a b");
  coro_mutex_unlock(&m); /* it is c's, and in the same moment */
  coro_event_set(&stop); /* the other arm is done: the first one wins */
  close_executor("a b c");
  coro_mutex_unlock(&m);

  open_executor();
  CHECK(coro_mutex_try_lock(&m));
  coro_event_reset(&stop);
  BEGIN("", lock_or_stop, "a");
  BEGIN("", lock, "b");
  coro_event_set(&stop);
  run_ready();
  coro_mutex_unlock(&m); /* nobody waits in a's place */
  close_executor("stopped b");
  coro_mutex_unlock(&m);
}

int main(void) {
  in_order();
  in_time();
  in_a_race();
  CHECK(!m.word && !m.queue.first);
}
