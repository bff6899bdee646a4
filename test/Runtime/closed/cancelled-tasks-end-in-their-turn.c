// A cancelled task of a closed set runs its cleanups, which may wait; shutdown
// cancels all, also those spawned meanwhile; stop ends one run.
// RUN: %corocc %cflags %s -o %t && %t
// RUN: %corocc %cflags -O2 -fsanitize=address,undefined %s -o %t && %t
#include "../check.h"

#include <coro/coro.h>

static yields void waits(const char *word) coro_frame(64);
static yields void quick(const char *word) coro_frame(64);
static yields void stubborn(void) coro_frame(64);
CORO_EXECUTOR(set, waits, quick, stubborn);
static struct set e;

static yields void say(const char **word) {
  coro_yield_now();
  event(*word);
  CHECK(coro_cancelled());
}

static yields void waits(const char *word) {
  __attribute__((cleanup(say))) const char *cleaned = word;
  while (1)
    coro_suspend();
}

static yields void quick(const char *word) { event(word); }

static yields void stubborn(void) {
  coro_shield {
    coro_suspend();
    CHECK(coro_closed_spawn(&e, quick, "never"));
    set_stop(&e);
  }
  event("late");
}

int main(void) {
  struct set_slot slots[8];
  set_init(&e, slots, 8, NULL, NULL);
  struct set_slot *first = coro_closed_keep(&e, waits, "first");
  coro_closed_spawn(&e, waits, "second");
  struct set_slot *third = coro_closed_keep(&e, waits, "third");
  struct set_slot *fourth = coro_closed_keep(&e, waits, "fourth");
  set_cancel(&e, fourth); /* never polled: nothing runs */
  for (int i = 0; i < 4; i++)
    CHECK(set_step(&e));
  CHECK(!set_step(&e) && set_tasks(&e) == 3);
  CHECK(set_status(fourth) == CORO_CANCELLED);
  set_cancel(&e, third);
  set_cancel(&e, third);
  coro_closed_spawn(&e, quick, "quick");
  set_stop(&e);
  CHECK(set_run(&e) == CORO_RUN_STOPPED && set_tasks(&e) == 4);
  while (set_step(&e))
    ;
  check_text(events, "quick third");
  CHECK(set_status(third) == CORO_CANCELLED);
  CHECK(set_status(first) == CORO_PENDING);

  *events = 0;
  struct set_slot *last = coro_closed_keep(&e, stubborn);
  CHECK(set_step(&e));
  CHECK(set_shutdown(&e, CORO_FOREVER) == 0);
  check_text(events, "late first second");
  CHECK(set_status(first) == CORO_CANCELLED);
  CHECK(set_status(last) == CORO_DONE);
  CHECK(set_tasks(&e) == 0);
  set_fini(&e);
  return 0;
}
