// A slot of a closed set goes back once: where its task is dropped as it ends,
// and where an argument of a spawn raises, or waits and is cancelled. A
// shutdown meanwhile does not take it for a task.
// RUN: %coro %cflags -O0 %s %rt -o %t && %t
// RUN: %coro %cflags -O2 -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/closed.h>
#include <coro/coro.h>

enum { SLOTS = 4 };

static yields int raising(void) raises(int) {
  coro_yield_now();
  coro_raise(7);
}
static yields int late(void) {
  coro_sleep(CORO_FOREVER);
  return 1;
}

static yields void child(int n) coro_frame(64);
static yields void raises_it(void) coro_frame(160);
static yields void waits_for_it(void) coro_frame(160);
CORO_EXECUTOR_ON_DONE(set, on_done, child, raises_it, waits_for_it);

static struct set set;
static struct set_slot *dropped;

static yields void child(int n) {
  while (n--)
    coro_yield_now();
}
static int caught;
static yields void raises_it(void) {
  coro_try { CHECK(coro_closed_spawn(&set, child, raising())); }
  coro_catch(int, error) { caught += error; }
}
static yields void waits_for_it(void) {
  CHECK(coro_closed_spawn(&set, child, late()));
}

static void on_done(struct set *e, struct set_slot *slot, coro_status status) {
  (void)status;
  if (slot == dropped)
    set_drop(e, slot);
}

static void check_all_are_free(void) {
  struct set_slot *slots[SLOTS];
  for (int i = 0; i < SLOTS; i++) {
    CHECK((slots[i] = coro_closed_spawn(&set, child, 1)));
    for (int j = 0; j < i; j++)
      CHECK(slots[j] != slots[i]);
  }
  CHECK(!coro_closed_spawn(&set, child, 1));
  CHECK(set_run(&set) == CORO_RUN_FINISHED);
}

int main(void) {
  static struct set_slot slots[SLOTS];
  memset(slots, 0xf0, sizeof(slots));
  set_init(&set, slots, SLOTS, NULL, NULL);
  CHECK((dropped = coro_closed_keep(&set, child, 1)));
  CHECK(set_run(&set) == CORO_RUN_FINISHED);
  CHECK(coro_closed_spawn(&set, raises_it));
  CHECK(set_run(&set) == CORO_RUN_FINISHED && caught == 7);
  CHECK(coro_closed_spawn(&set, waits_for_it));
  while (set_step(&set))
    ;
  CHECK(set_shutdown(&set, CORO_FOREVER) == 0);
  check_all_are_free();
  set_fini(&set);
}
