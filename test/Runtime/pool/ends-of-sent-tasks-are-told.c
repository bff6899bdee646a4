// The word of runtime/scope/sent.h in all interleavings of a sent task's end
// with its owner, who waits, for one task and then for another, gives up,
// looks, and lets go: the waker that was left last is called, and while its
// task is there; the memory goes back once; nobody touches it afterwards.
// RUN: %coro %cflags -O2 -fno-strict-aliasing -I%root/runtime %s %rt -o %t && %t
#include "Inputs/model.h"

#include <coro/context.h>

typedef uint64_t sent_word;
static yields sent_word sent_load(const sent_word *word);
static yields void sent_store(sent_word *word, sent_word value);
static yields bool sent_exchange_if(sent_word *word, sent_word *before,
                                    sent_word value);
static yields coro_untold sent_wake(coro_waker waker);
#define sent_pause(word) ((void)0)
#define sent_tell(untold) ((void)(untold))
#define SENT_FN static inline CORO_YIELDS
#include "scope/sent.h"

enum { TASKS = 2 };

struct world {
  struct model_thread threads[MODEL_THREADS];
  sent_word word;
  coro_waker waker;
  uint64_t ended;        /* what the word is about to say */
  uint64_t woken[TASKS]; /* of those that wait */
  uint64_t left[TASKS];  /* it waits no more: its waker may not be called */
  uint64_t frees;        /* of the memory */
};

#include "Inputs/explore.h"

static yields sent_word sent_load(const sent_word *word) {
  sent_word value = model_load(word);
  CHECK(!world.frees);
  return value;
}

static yields void sent_store(sent_word *word, sent_word value) {
  coro_suspend();
  CHECK(!world.frees);
  model_store(word, value, MODEL_RELEASE);
}

static yields bool sent_exchange_if(sent_word *word, sent_word *before,
                                    sent_word value) {
  bool done = model_exchange_if(word, before, value);
  CHECK(!world.frees);
  return done;
}

static yields coro_untold sent_wake(coro_waker waker) {
  coro_suspend();
  uint64_t *woken = waker.data;
  CHECK(woken && !world.left[woken - world.woken]);
  *woken = 1;
  return (coro_untold){0, 0};
}

static yields void end(void) {
  world.ended = 1;
  if (sent_end(&world.word, &world.waker))
    world.frees++;
}

static const coro_waker_ops ops;

static coro_waker waker_of(int task) {
  return (coro_waker){&ops, &world.woken[task]};
}

/* Each letter is something that the owner does:
 *   a, b  a task waits until it is woken and finds the end
 *   A, B  it waits, and is polled once more for another reason
 *   x     who waits is cancelled
 *   ?     looks
 *   d     lets go */
static yields void own(const char *script) {
  bool done = false;
  for (; *script; script++) {
    int task = *script == 'b' || *script == 'B';
    switch (*script) {
    case 'a':
    case 'b':
      while (!(done = sent_await(&world.word, &world.waker, waker_of(task)))) {
        while (!world.woken[task])
          coro_suspend();
        world.woken[task] = 0;
      }
      CHECK(world.ended);
      world.left[task] = 1;
      break;
    case 'A':
    case 'B':
      done = sent_await(&world.word, &world.waker, waker_of(task));
      done = sent_await(&world.word, &world.waker, waker_of(task));
      break;
    case 'x':
      sent_forget(&world.word, &world.waker);
      world.left[0] = world.left[1] = 1;
      break;
    case '?':
      if (sent_look(&world.word) == SENT_DONE)
        CHECK(world.ended);
      else
        CHECK(!done);
      break;
    default:
      if (sent_let_go(&world.word, &world.waker))
        world.frees++;
      return;
    }
  }
  CHECK(done);
  world.frees++; /* it was the owner's own */
}

static void at_rest(void) {
  for (int i = 0; i < MODEL_THREADS; i++)
    CHECK(!world.threads[i].coro);
  CHECK(world.frees == 1);
}

int main(void) {
  static const char *const scripts[] = {"a",   "ad",  "d",    "?d",   "Aa",
                                        "Ab",  "ABa", "Axd",  "ABxd", "Ax?d",
                                        "A?b", "Bxd", "ABAbd"};
  for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++) {
    memset(&world, 0, sizeof(world));
    THREAD(0, own, scripts[i]);
    THREAD(1, end);
    explore_all(scripts[i], 10);
  }
}
