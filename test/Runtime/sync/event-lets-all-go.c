// An event lets go all who wait when it is set, also where it is reset before
// they run, and who comes while it is set; time-outs, and who is cancelled.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "tasks.h"

static coro_event happened;

static yields void wait(const char *name) {
  coro_event_wait(&happened);
  event(name);
}
static yields void wait_for(const char *name, uint64_t ns) {
  int error = coro_event_wait_for(&happened, ns);
  CHECK(error == 0 || error == CORO_TIMED_OUT);
  if (error)
    event("late");
  event(name);
}

int main(void) {
  open_executor();
  BEGIN("", wait, "a");
  BEGIN("", wait_for, "b", 10);
  coro_job *c = BEGIN("c!", wait, "c");
  coro_job *d = BEGIN("d!", wait, "d");
  coro_job_cancel(c);
  run_ready();
  CHECK(!coro_event_is_set(&happened));
  coro_event_set(&happened);
  CHECK(coro_event_is_set(&happened));
  coro_event_reset(&happened);
  coro_job_cancel(d);
  BEGIN("", wait, "e"); /* comes too late */
  check_text(events, "c! a b d!");
  BEGIN("", wait_for, "f", 10);
  coro_event_set(&happened);
  BEGIN("", wait, "g");
  BEGIN("", wait_for, "h", 0);
  check_text(events, "c! a b d! e f g h");
  coro_event_reset(&happened);
  BEGIN("", wait_for, "i", 10);
  close_executor("c! a b d! e f g h late i");
  CHECK(!happened.queue.first && !happened.queue.last);
}
