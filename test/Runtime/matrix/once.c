// The once, over executors and sanitizers: see matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 200
// RUN: %corocc %cflags -O2 %s -o %t && %t 1000
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 50
#include "matrix.h"

static coro_once once;

/* The one that begins has it until it gives it up. */
#define LOCK CHECK(coro_once_begin(&once) == CORO_ONCE_YOURS)
#define TRY (coro_once_try_begin(&once) == CORO_ONCE_YOURS)
#define LOCK_FOR(ns) begin_for(ns)
#define OP coro_once_op
#define OP_INIT(op) coro_once_op_init(op, &once)
#define UNLOCK coro_once_end(&once, false)

static yields int begin_for(uint64_t ns) {
  int status = coro_once_begin_for(&once, ns);
  return status == CORO_ONCE_YOURS ? 0 : status;
}
#include "exclusive.h"

static void begin(void) { once = FRESH(coro_once, CORO_ONCE); }
static void end(void) {
  if (!coro_once_is_done(&once))
    check_free();
}

static int made;
static yields int make(int n) {
  coro_yield_now();
  made++;
  return n == 2 ? CORO_REFUSED : 0; /* the next one tries again */
}

static yields void runs_once(int n) {
  int error = coro_once_run(&once, make, n);
  CHECK(error == (n == 2 && error ? CORO_REFUSED : 0));
  if (!error) {
    CHECK(coro_once_is_done(&once) && (made == 1 || made == 2));
    CHECK(coro_once_begin(&once) == CORO_ONCE_DONE);
    CHECK(coro_once_begin_for(&once, 0) == CORO_ONCE_DONE);
  }
  if (ADD(arrived, 1) == TASKS)
    made = 0;
}

/* Who is cancelled has not done it. */
static yields void make_it(void) { coro_once_run(&once, make, 0); }
static yields void runs_or_is_cancelled(int n) {
  coro_task(make_it) makes;
  coro_task(yield_times) others;
  coro_start(&makes, make_it);
  coro_start(&others, yield_times, n == 3 ? 100 : n);
  coro_race(&makes, &others);
  if (ADD(arrived, 1) == TASKS) {
    CHECK(coro_once_is_done(&once) && made == 1);
    made = 0;
  }
}

#define CASES(X)                                                               \
  EXCLUSIVE_CASES(X)                                                           \
  X(runs_once, EVERYWHERE) X(runs_or_is_cancelled, EVERYWHERE)
#include "run.h"
