// Done once, by the first who comes, waiting or not; others wait until it is
// done. Where it fails, raises or is cancelled the next one does it, and none
// is forgotten; time-outs, tries, an arm of a race.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "tasks.h"

static coro_once once;
static int result;

static yields int slowly(const char *name) {
  event(name);
  coro_sleep(10);
  return result;
}
static int at_once(const char *name) {
  event(name);
  return result;
}
static yields raises(int) int not_at_all(const char *name) {
  event(name);
  coro_sleep(10);
  coro_raise(3);
}

static yields void need(const char *name) {
  int error = coro_once_run(&once, slowly, name);
  event(error ? "failed" : "has");
  event(name);
}
static yields void need_plain(const char *name) {
  event(coro_once_run(&once, at_once, name) ? "failed" : "has");
  event(name);
}
static yields void need_raised(const char *name) {
  coro_try {
    (void)coro_once_run(&once, not_at_all, name);
    event("has");
  }
  coro_catch(int, e) { event(e == 3 ? "raised" : "what"); }
  event(name);
}
static yields void need_for(const char *name, uint64_t ns) {
  int begun = coro_once_begin_for(&once, ns);
  event(begun == CORO_TIMED_OUT    ? "late"
        : begun == CORO_ONCE_YOURS ? "mine"
                                   : "has");
  event(name);
  if (begun == CORO_ONCE_YOURS)
    coro_once_end(&once, true);
}
static yields void need_by_op(const char *name) {
  coro_once_op op;
  coro_once_op_init(&op, &once);
  CHECK(coro_wait(&op) == CORO_DONE);
  CHECK(op.waiter.result == CORO_ONCE_DONE);
  event(name);
}

static void one_does_it(void) {
  once = (coro_once)CORO_ONCE_INIT;
  open_executor();
  BEGIN("", need, "a");
  BEGIN("", need, "b");
  BEGIN("", need_plain, "c");
  BEGIN("", need_by_op, "d");
  BEGIN("", need_for, "e", 5);
  CHECK(coro_once_try_begin(&once) == CORO_BUSY && !coro_once_is_done(&once));
  close_executor("a late e has a has b has c d");
  CHECK(coro_once_try_begin(&once) == CORO_ONCE_DONE);
  open_executor();
  BEGIN("", need_plain, "f");
  BEGIN("", need_for, "g", 0);
  close_executor("has f has g");
}

static void the_next_one_does_it(void) {
  once = (coro_once)CORO_ONCE_INIT;
  open_executor();
  result = -1;
  coro_job *a = BEGIN("a!", need, "a"); /* is cancelled in it */
  coro_job *b = BEGIN("b!", need, "b"); /* before its turn */
  coro_job *c = BEGIN("c!", need, "c"); /* in its turn, before it runs */
  BEGIN("", need_raised, "d");
  BEGIN("", need, "e");
  coro_job_cancel(b);
  run_ready();
  coro_job_cancel(a);
  coro_executor_step(&executor);
  coro_job_cancel(c);
  run_ready();
  check_text(events, "a b! a! c! d");
  close_executor("a b! a! c! d raised d e failed e");
  CHECK(coro_once_try_begin(&once) == CORO_ONCE_YOURS);
  coro_once_end(&once, false);
  result = 0;
  open_executor();
  BEGIN("", need_plain, "f");
  BEGIN("", need_plain, "g");
  close_executor("f has f has g");
}

int main(void) {
  one_does_it();
  the_next_one_does_it();
}
