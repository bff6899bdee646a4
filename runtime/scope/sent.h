/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The word through which the end of a sent task, on its thread, and who owns
 * it, on one other thread at a time, learn of each other.
 *
 *           owner waits, and leaves a waker
 *      RUNS <-----------------------------> AWAITED
 *       |  \   it takes the waker back        |
 *       |   \                                 | the task ends
 *       |    +-- owner lets go --> LET_GO     v
 *       | the task ends                     TELLS   the waker is being called
 *       v                                     |
 *      DONE <---------------------------------+
 *
 * The waker belongs to the owner, but in AWAITED to nobody and in TELLS to the
 * end. So each side needs one exchange for each arrow of its own; the last one
 * is a store, and once DONE is seen no arrow is left: the memory may go. In
 * LET_GO it is the end that gives it back.
 *
 * TELLS lasts for a few instructions, in which the owner waits: it is about to
 * be woken, and the task that the waker wakes must not be gone before the call
 * has returned. A thread that sleeps is told afterwards.
 */
#ifndef CORO_RUNTIME_SENT_H
#define CORO_RUNTIME_SENT_H

#include <coro/context.h>
#include <stdbool.h>

enum {
  SENT_RUNS = 0,
  SENT_AWAITED = 1,
  SENT_TELLS = 2,
  SENT_DONE = 3,
  SENT_LET_GO = 4,
};

/* A test that defines it has operations of its own, each of which is a
 * suspension. */
#ifndef SENT_FN

#include "../port/port.h"

#define SENT_FN static inline
typedef uint32_t sent_word;

#define sent_load(word) __atomic_load_n(word, __ATOMIC_ACQUIRE)
#define sent_store(word, value) __atomic_store_n(word, value, __ATOMIC_RELEASE)
/* Where it fails, *before is what is there. */
#define sent_exchange_if(word, before, value)                                  \
  __atomic_compare_exchange_n(word, before, value, /*weak=*/0,                 \
                              __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)
#define sent_wake(waker) coro_wake_untold(waker)
#define sent_tell(untold) coro_tell(untold)

/* Looks before the thread sleeps for a while: the other one was interrupted. */
enum { SENT_LOOKS = 1000 };
static const uint64_t SENT_PAUSE_NS = 20000;

static inline void sent_pause(const sent_word *word) {
  for (int i = 0; i < SENT_LOOKS; i++)
    if (sent_load(word) != SENT_TELLS)
      return;
  coro_port_wait(word, SENT_TELLS, SENT_PAUSE_NS);
}

#endif

/* What the word says, once it is not TELLS. Owner. */
SENT_FN sent_word sent_look(sent_word *word) {
  sent_word now;
  while ((now = sent_load(word)) == SENT_TELLS)
    sent_pause(word);
  return now;
}

/* Nobody is to be woken. True if the task is done. Owner. */
SENT_FN bool sent_forget(sent_word *word, coro_waker *waker) {
  sent_word now = sent_look(word);
  if (now == SENT_AWAITED && !sent_exchange_if(word, &now, SENT_RUNS))
    now = sent_look(word);
  if (now == SENT_DONE)
    return true;
  waker->ops = 0;
  return false;
}

/* True if the task is done; if not, `with` is called when it is. Owner. */
SENT_FN bool sent_await(sent_word *word, coro_waker *waker, coro_waker with) {
  sent_word now = sent_look(word);
  if (now == SENT_DONE)
    return true;
  if (now == SENT_AWAITED) {
    if (waker->ops == with.ops && waker->data == with.data)
      return false;
    if (sent_forget(word, waker))
      return true;
  }
  *waker = with;
  now = SENT_RUNS;
  return !sent_exchange_if(word, &now, SENT_AWAITED);
}

/* True if the task is done, and its memory still the owner's; if not, it is the
 * end's. Owner, who is none any more. */
SENT_FN bool sent_let_go(sent_word *word, coro_waker *waker) {
  if (sent_forget(word, waker))
    return true;
  sent_word now = SENT_RUNS;
  return !sent_exchange_if(word, &now, SENT_LET_GO);
}

/* The task is done, and its status written. True if its memory has to go back:
 * it is nobody's; otherwise it may be gone now. */
SENT_FN bool sent_end(sent_word *word, const coro_waker *waker) {
  sent_word now = sent_load(word);
  for (;;) {
    if (now == SENT_LET_GO)
      return true;
    if (now == SENT_RUNS) {
      if (sent_exchange_if(word, &now, SENT_DONE))
        return false;
    } else if (sent_exchange_if(word, &now, SENT_TELLS)) {
      break;
    }
  }
  coro_untold untold = sent_wake(*waker);
  sent_store(word, SENT_DONE);
  sent_tell(untold);
  return false;
}

#endif
