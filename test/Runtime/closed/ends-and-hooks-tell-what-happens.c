// Who is to hear of the ends of a closed set's tasks does, once for each, with
// the result still there, and may spawn. With hooks on, each step of a task is
// told as of any executor's.
// RUN: %corocc %cflags %s -o %t && %t
// RUN: %coro %cflags -O2 -DCORO_TRACE %s %rt_trace -o %t.trace && %t.trace
// RUN: %coro %cflags -DCORO_TRACE -fsanitize=address,undefined %s %rt_src %rt -o %t.asan && %t.asan
#include "../check.h"

#include <coro/coro.h>

static yields int square(int n) {
  coro_yield_now();
  return n * n;
}
static yields void forever(void) {
  for (;;)
    coro_yield_now();
}
static yields int fails(int n) raises(int) {
  coro_yield_now();
  coro_raise(n);
}

CORO_EXECUTOR_ON_DONE(shop, told, square, forever, fails);

static struct shop_slot slots[3];
static coro_waker late; /* of a task that is over */
static int ends, again;

static void told(struct shop *e, struct shop_slot *slot, coro_status status) {
  char text[32];
  CHECK(shop_tasks(e) < 3 && shop_status(slot) == CORO_PENDING);
  if (coro_closed_is(slot, square))
    snprintf(text, sizeof(text), "square=%d", slot->task.square.result);
  else if (coro_closed_is(slot, fails))
    snprintf(text, sizeof(text), "fails=%d", slot->task.fails.error);
  else
    snprintf(text, sizeof(text), "%s:%d", shop_task(slot).coro->name, status);
  event(text);
  ends++;
  late = (coro_waker){e->coro_set.kind->waker, slot};
  coro_wake_local(late); /* too late: nothing happens */
  coro_wake(late);
  shop_cancel(e, slot);
  if (again && again--) {
    struct shop_slot *more = coro_closed_spawn(e, square, again);
    CHECK(more && more != slot);
  }
}

static void tells_ends(void) {
  struct shop e;
  shop_init(&e, slots, 3, NULL, NULL);
  struct shop_slot *kept = coro_closed_keep(&e, square, 3);
  struct shop_slot *stays = coro_closed_spawn(&e, forever);
  CHECK(kept && stays && coro_closed_spawn(&e, fails, 5));
  while (ends < 2)
    CHECK(shop_step(&e));
  check_text(events, "square=9 fails=5");
  CHECK(shop_status(kept) == CORO_DONE && kept->task.square.result == 9);
  shop_drop(&e, kept);
  shop_cancel(&e, stays);
  CHECK(shop_run(&e) == CORO_RUN_FINISHED);
  check_text(events, "square=9 fails=5 forever:4");

  *events = 0;
  again = 3;
  CHECK(coro_closed_spawn(&e, square, 4));
  CHECK(shop_run(&e) == CORO_RUN_FINISHED && shop_tasks(&e) == 0);
  check_text(events, "square=16 square=4 square=1 square=0");
  shop_fini(&e);
}

#ifdef CORO_TRACE
static const char *const words[] = {"",     "added",   "polled", "suspended",
                                    "done", "removed", "woken",  "cancel"};

static void tell(const coro_trace_event *what) {
  char word[64];
  size_t place = (size_t)((const struct shop_slot *)what->task - slots);
  CHECK(what->kind < sizeof(words) / sizeof(*words) && place < 3);
  snprintf(word, sizeof(word), "%zu:%s", place, words[what->kind]);
  event(word);
  if (what->kind == CORO_TRACE_ADDED)
    event(what->name);
}

static void traces(void) {
  struct shop e;
  *events = 0;
  shop_init(&e, slots, 3, NULL, NULL);
  CHECK(!coro_trace_set_hook(tell));
  CHECK(coro_closed_spawn(&e, forever));
  CHECK(coro_closed_spawn(&e, square, 2));
  CHECK(shop_step(&e) && shop_step(&e) && shop_step(&e) && shop_step(&e));
  check_text(events, "0:added forever 1:added square "
                     "0:polled 0:woken 0:suspended "
                     "1:polled 1:woken 1:suspended "
                     "0:polled 0:woken 0:suspended 1:polled 1:done square=4 "
                     "1:woken 1:cancel");
  *events = 0;
  CHECK(shop_shutdown(&e, CORO_FOREVER) == 0);
  check_text(events, "0:cancel 0:polled 0:done forever:4 0:woken 0:cancel");
  CHECK(!coro_trace_set_hook(NULL));
  shop_fini(&e);
}
#endif

int main(void) {
  tells_ends();
#ifdef CORO_TRACE
  traces();
#endif
}
