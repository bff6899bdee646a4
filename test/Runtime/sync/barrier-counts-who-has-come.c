// A barrier opens for each n, and one of them is told it was the last; who is
// cancelled or late has not come.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "tasks.h"

static coro_barrier b = CORO_BARRIER_INIT(3);

static yields void come(const char *name) {
  event(coro_barrier_wait(&b) ? "last" : "one");
  event(name);
}
static yields void come_for(const char *name, uint64_t ns) {
  int last = coro_barrier_wait_for(&b, ns);
  event(last == CORO_TIMED_OUT ? "late" : last ? "last" : "one");
  event(name);
}
static int rounds;
static yields void come_often(int times) {
  for (int i = 0; i < times; i++)
    rounds += coro_barrier_wait(&b);
}

static void one_by_one(void) {
  open_executor();
  BEGIN("", come, "a");
  coro_job *c = BEGIN("c!", come, "c");
  coro_job_cancel(c);
  run_ready();
  CHECK(!coro_barrier_try_wait(&b));
  BEGIN("", come_for, "d", 10);
  check_text(events, "c!");
  BEGIN("", come, "e");
  check_text(events, "c! last e one a one d");
  BEGIN("", come_for, "f", 10);
  close_executor("c! last e one a one d late f");
  CHECK(b.waiting == 0);
}

/* It was let go already: its place is not free again. */
static void cancelled_too_late(void) {
  open_executor();
  coro_job *a = BEGIN("a!", come, "a");
  BEGIN("", come, "c");
  CHECK(coro_barrier_try_wait(&b));
  coro_job_cancel(a);
  close_executor("a! one c");
  CHECK(b.waiting == 0 && !b.queue.first);
}

static void round_by_round(void) {
  open_executor();
  BEGIN("", come_often, 100);
  BEGIN("", come_often, 50);
  BEGIN("", come_often, 100);
  BEGIN("", come_often, 50);
  close_executor("");
  CHECK(rounds == 100 && b.waiting == 0);
}

int main(void) {
  one_by_one();
  cancelled_too_late();
  round_by_round();
}
