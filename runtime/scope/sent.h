/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The word through which the end of a sent task, on its thread, and those who
 * wait for it or own it, on any threads, learn of each other. Who waits is in a
 * chain of wakers, see core/shared.c, which belongs to who has the word LOCKED.
 *
 *            somebody comes to wait, the last one leaves
 *      RUNS <-------------- LOCKED ------------> AWAITED
 *       |                                           |
 *       | the task ends                             | the task ends
 *       v                                           v
 *      DONE <------------------------------------ LOCKED  wakers are called
 *
 * Once DONE is seen no arrow is left. Above the state the word counts holds:
 * one of the owner, who lets go of it once, and one of each node in the chain,
 * which it keeps until its task has seen DONE or was cancelled. The memory goes
 * back with the last hold, or with the end where none is left by then. So a
 * task that nobody waits for and nobody has let go of ends with one exchange.
 *
 * LOCKED lasts for a few instructions, in which others wait, the end by calling
 * the wakers: a task that they wake must not be gone before the call has
 * returned. Threads that sleep are told afterwards.
 */
#ifndef CORO_RUNTIME_SENT_H
#define CORO_RUNTIME_SENT_H

#include <coro/shared.h>
#include <stdbool.h>

enum {
  SENT_RUNS = 0,
  SENT_AWAITED = 1,
  SENT_LOCKED = 2,
  SENT_DONE = 3,
  SENT_STATE = 3, /* these bits */
  SENT_HOLD = 4,  /* one hold */
};

/* A test that defines it has operations of its own, each of which is a
 * suspension. */
#ifndef SENT_FN

#include "../core/shared.h"
#include "../port/port.h"

#define SENT_FN static inline
typedef uint32_t sent_word;

#define sent_load(word) __atomic_load_n(word, __ATOMIC_ACQUIRE)
#define sent_store(word, value) __atomic_store_n(word, value, __ATOMIC_RELEASE)
/* Where it fails, *before is what is there. */
#define sent_exchange_if(word, before, value)                                  \
  __atomic_compare_exchange_n(word, before, value, /*weak=*/0,                 \
                              __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)
/* What was there. */
#define sent_subtract(word, value)                                             \
  __atomic_fetch_sub(word, value, __ATOMIC_ACQ_REL)

/* Looks before the thread sleeps for a while: the other one was interrupted. */
enum { SENT_LOOKS = 1000 };
static const uint64_t SENT_PAUSE_NS = 20000;

static inline void sent_pause(const sent_word *word, sent_word locked) {
  for (int i = 0; i < SENT_LOOKS; i++)
    if (sent_load(word) != locked)
      return;
  coro_port_wait(word, locked, SENT_PAUSE_NS);
}

#endif

/* What the word says, once it is not LOCKED. */
SENT_FN sent_word sent_look(sent_word *word) {
  sent_word now;
  while (((now = sent_load(word)) & SENT_STATE) == SENT_LOCKED)
    sent_pause(word, now);
  return now;
}

/* What the word says: DONE, or else it is LOCKED now, and was this. */
SENT_FN sent_word sent_lock(sent_word *word) {
  for (;;) {
    sent_word now = sent_look(word);
    if ((now & SENT_STATE) == SENT_DONE ||
        sent_exchange_if(word, &now, (now & ~SENT_STATE) | SENT_LOCKED))
      return now;
  }
}

SENT_FN void sent_unlock(sent_word *word, sent_word holds,
                         const coro_shared *shared) {
  sent_store(word,
             (holds & ~SENT_STATE) |
                 (coro_shared_is_awaited(shared) ? SENT_AWAITED : SENT_RUNS));
}

/* A hold less of one that is done: true if it was the last. */
SENT_FN bool sent_drop(sent_word *word) {
  return sent_load(word) == (SENT_DONE | SENT_HOLD) ||
         sent_subtract(word, SENT_HOLD) == (SENT_DONE | SENT_HOLD);
}

/* CORO_DONE if the task is: how it ended is to be read, and then sent_saw_end
 * called. If it is not, whoever has this context is woken when it is, or told
 * CORO_TAKEN. */
SENT_FN coro_status sent_await(sent_word *word, coro_shared *shared,
                               coro_context *cx) {
  sent_word was = sent_lock(word);
  if ((was & SENT_STATE) == SENT_DONE)
    return CORO_DONE;
  coro_status status = coro_shared_pending(shared, cx);
  if (coro_shared_hold(cx))
    was += SENT_HOLD;
  sent_unlock(word, was, shared);
  return status;
}

/* True if the memory is to go back. */
SENT_FN bool sent_saw_end(sent_word *word, coro_context *cx) {
  return coro_shared_unhold(cx) && sent_drop(word);
}

/* Whoever has this context waits no more. True if the memory is to go back. */
SENT_FN bool sent_forget(sent_word *word, coro_shared *shared,
                         coro_context *cx) {
  sent_word was = sent_lock(word);
  if ((was & SENT_STATE) == SENT_DONE)
    return sent_saw_end(word, cx);
  coro_shared_leave(shared, cx);
  if (coro_shared_unhold(cx))
    was -= SENT_HOLD;
  sent_unlock(word, was, shared);
  return false;
}

/* The owner looks no more, nor who polls it by hand. True if the task is done,
 * and the memory is to go back. */
SENT_FN bool sent_let_go(sent_word *word, coro_shared *shared) {
  sent_word was = sent_lock(word);
  if ((was & SENT_STATE) == SENT_DONE)
    return sent_drop(word);
  coro_shared_forget(shared);
  sent_unlock(word, was - SENT_HOLD, shared);
  return false;
}

/* The task is done, and its status written. True if nobody is left to look: the
 * memory is to go back. Otherwise it may be gone now. */
SENT_FN bool sent_end(sent_word *word, coro_shared *shared) {
  sent_word now = sent_load(word);
  for (;;) {
    if ((now & SENT_STATE) == SENT_LOCKED)
      now = sent_look(word);
    if (now == SENT_RUNS)
      return true;
    if (now & SENT_AWAITED) {
      if (sent_exchange_if(word, &now, (now & ~SENT_STATE) | SENT_LOCKED))
        break;
    } else if (sent_exchange_if(word, &now, now | SENT_DONE)) {
      return false;
    }
  }
  coro_untold untold = coro_shared_wake_untold(shared);
  sent_store(word, now | SENT_DONE);
  coro_tell(untold);
  return false;
}

#endif
