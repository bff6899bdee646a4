// The word by which other threads wake and cancel a job (runtime/exec/
// run_queue.h), in all interleavings of its owner with those threads; added on
// its thread, or sent and set apart. No wake and no cancel is lost, also while
// the owner goes to sleep; a job that was cancelled before its first poll runs
// nothing; and once it is over nobody touches it or the stack of the woken.
// RUN: %coro %cflags -O2 -fno-strict-aliasing -I%root/runtime %s %rt -o %t && %t
#include "Inputs/model.h"

#include <coro/executor.h>

#define CORO_WOKEN_FN static inline CORO_YIELDS

/* The value's type is the word's. */
#define OF(word, value) ((__typeof__(*(word)))(uintptr_t)(value))
#define WORD(word) ((uint64_t *)(word))
#define VALUE(value) ((uint64_t)(uintptr_t)(value))
#define __atomic_load_n(word, order) OF(word, model_load(WORD(word)))
#define __atomic_store_n(word, value, order)                                   \
  model_store(WORD(word), VALUE(value), MODEL_RELEASE)
#define __atomic_exchange_n(word, value, order)                                \
  OF(word, model_exchange(WORD(word), VALUE(value)))
#define __atomic_fetch_or(word, bits, order) model_or(WORD(word), bits)
#define __atomic_fetch_xor(word, bits, order) model_xor(WORD(word), bits)
#define __atomic_compare_exchange_n(word, expected, value, weak, yes, no)      \
  model_exchange_if(WORD(word), WORD(expected), VALUE(value))

#include "exec/run_queue.h"

coro_runnable coro_woken_asleep, coro_woken_apart;

struct world {
  struct model_thread threads[MODEL_THREADS];
  coro_runnable *woken;
  coro_runnable run;
  uint64_t notified;
  uint64_t handed;  /* others may wake it */
  uint64_t letters; /* what they bring */
  uint64_t wanted;  /* it ends when it has so many */
  uint64_t polls, is_ready, is_over;
  uint64_t cancels;  /* somebody does */
  uint64_t was_told; /* before its first poll */
};

#include "Inputs/explore.h"

/* The owner -----------------------------------------------------------------*/

static yields void take_woken(void) {
  coro_runnable *rest = coro_woken_take(&world.woken);
  while (rest) {
    coro_runnable *run = coro_woken_pop(&rest);
    CHECK(run == &world.run && !world.is_over);
    world.is_ready = 1;
  }
}

static yields void sleep_until_woken(void) {
  if (!coro_woken_sleep(&world.woken))
    return;
  do
    coro_suspend();
  while (!world.notified);
  world.notified = 0;
  CHECK(!coro_woken_get_up(&world.woken)); /* nothing else gets it up */
}

/* As runtime/exec/executor.c does. True: it is over. */
static yields bool poll_run(void) {
  coro_runnable *run = &world.run;
  world.is_ready = 0;
  coro_woken_begin_poll(run);
  bool over = run->coro & CORO_RUN_ENDING;
  if (!over) {
    world.polls++;
    model_store(&world.handed, 1, MODEL_RELEASE);
    over = model_load(&world.letters) == world.wanted;
  }
  if (over)
    return true;
  if (coro_woken_end_poll(run))
    world.is_ready = 1;
  return false;
}

static yields void own(void) {
  bool told = model_load(&world.was_told);
  world.is_ready = 1;
  for (;;) {
    take_woken();
    if (!world.is_ready) {
      sleep_until_woken();
      continue;
    }
    if (poll_run())
      break;
  }
  CHECK(!told || world.polls == 0);
  CHECK(world.cancels || world.letters == world.wanted);
  if (!coro_woken_is_apart(&world.run))
    while (!coro_woken_claim(&world.run))
      take_woken();
  world.is_over = 1;
  CHECK(!world.woken);
}

/* The others ----------------------------------------------------------------*/

static yields void push(void) {
  CHECK(!world.is_over);
  if (coro_woken_push(&world.woken, &world.run)) {
    coro_suspend();
    world.notified = 1;
  }
}

static yields void wake(int times) {
  while (!model_load(&world.handed))
    if (world.is_over) /* it was cancelled before */
      return;
  for (; times; times--) {
    model_add(&world.letters, 1);
    if (coro_woken_claim(&world.run))
      push();
  }
}

static yields void cancel(void) {
  if (coro_woken_claim_with(&world.run, CORO_WOKEN_CLAIMED | CORO_WOKEN_CANCEL))
    push();
  model_store(&world.was_told, 1, MODEL_SEQ_CST);
}

static void at_rest(void) {
  for (int i = 0; i < MODEL_THREADS; i++)
    CHECK(!world.threads[i].coro);
  CHECK(world.is_over && !world.woken);
}

static void begin(bool apart, uint64_t wanted) {
  memset(&world, 0, sizeof(world));
  world.wanted = wanted;
  if (apart)
    world.run.woken = (uintptr_t)&coro_woken_apart;
  THREAD(0, own);
}

int main(void) {
  for (int apart = 0; apart < 2; apart++) {
    begin(apart, 1);
    THREAD(1, wake, 1);
    explore_all("woken once", 50);
    begin(apart, 2);
    THREAD(1, wake, 1);
    THREAD(2, wake, 1);
    explore_all("woken by two", 300);
    begin(apart, 3);
    THREAD(1, wake, 2);
    THREAD(2, wake, 1);
    explore_all("woken by two, by one of them again", 300);
    begin(apart, 1);
    world.cancels = 1;
    THREAD(1, wake, 1);
    THREAD(2, cancel);
    explore_all("woken and cancelled", 300);
    begin(apart, 2);
    world.cancels = 1;
    THREAD(1, wake, 1);
    THREAD(2, cancel);
    explore_all("cancelled, since it would wait for ever", 300);
  }
}
