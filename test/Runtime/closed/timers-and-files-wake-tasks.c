// A closed set sleeps until the next deadline, is woken by files, and looks at
// both while tasks are ready all the time.
// RUN: %corocc %cflags %s -o %t && %t
#include "../check.h"

#include <coro/coro.h>
#include <unistd.h>

static int ends[2];
static bool over;

static yields int reads(void) {
  char byte = 0;
  CHECK(coro_read(ends[0], &byte, 1) == 1);
  return byte;
}

static yields void writes_later(uint64_t ns) {
  coro_sleep(ns);
  CHECK(coro_write(ends[1], "w", 1) == 1);
  over = true;
}

static yields void spins(void) {
  while (!over)
    coro_yield_now();
}

CORO_EXECUTOR(set, reads, writes_later, spins);

static void run(bool busy) {
  over = false;
  int error;
  struct coro_reactor *reactor = coro_reactor_open(&error);
  CHECK(reactor);
  coro_timers timers;
  coro_timers_init(&timers, NULL);
  struct set e;
  struct set_slot slots[3];
  set_init(&e, slots, 3, reactor, &timers);
  struct set_slot *reader = coro_closed_keep(&e, reads);
  coro_closed_spawn(&e, writes_later, 5 * CORO_MILLISECOND);
  if (busy)
    coro_closed_spawn(&e, spins);
  CHECK(set_run(&e) == CORO_RUN_FINISHED);
  CHECK(reader->task.reads.result == 'w');
  set_fini(&e);
  coro_reactor_close(reactor);
}

int main(void) {
  CHECK(pipe(ends) == 0);
  run(false);
  run(true);
  return 0;
}
