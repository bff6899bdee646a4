/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The two queues of an executor:
 *
 * - ready: the owner's list, first in first out, linked through `next`, or the
 *   program's scheduler. A job can be taken out of the middle, so it knows
 *   where it is linked, in coro_runnable.coro: a job's descriptor is in its
 *   task. What is popped changes nothing in the next one; but that is the first
 *   then, linked in the executor, whatever it says;
 * - woken: a stack that anybody pushes to, from threads and signal handlers,
 *   and that the owner takes whole. Linked through coro_runnable.woken. Its
 *   head also says whether the owner sleeps, so that who pushes first onto a
 *   sleeping owner's stack, and nobody else, must notify it:
 *
 *     NULL <--coro_woken_get_up-- ASLEEP      NULL, ASLEEP: nothing was pushed
 *     NULL --coro_woken_sleep---> ASLEEP
 *     any  --coro_woken_push----> run -> ...  notify if it was ASLEEP
 *     run  --coro_woken_pop-----> NULL        for each of them
 *
 * The word coro_runnable.woken is the link below it in the stack and, in its
 * lowest bits,
 *
 * - CLAIMED: somebody has pushed it, or is about to. So it is in the stack
 *   once, whoever else wakes it, and may be in the ready queue as well;
 * - CANCEL: another thread wants it cancelled. The owner learns of that where
 *   it takes it out of the stack.
 *
 * Each change of that word is a read-modify-write, also one that changes
 * nothing, and coro_woken_pop's is the last before the poll: what was written
 * before a wake is seen by the poll that follows.
 *
 * A job that was sent is set apart until its first poll has suspended: its link
 * says so, and wakes and cancels are flags in its word and push nothing. Before
 * the poll there is no executor to push to, and during it the owner will look:
 * coro_woken_end_poll. So a job that ends in its first poll, as small ones
 * do, costs no read-modify-write here: its word stays as it is, and pushes
 * nothing for ever.
 *
 * Once it is pushed, the pusher touches neither it nor the executor, unless it
 * has to notify.
 */
#ifndef CORO_RUN_QUEUE_H
#define CORO_RUN_QUEUE_H

#include <coro/executor.h>

#define CORO_WOKEN_CLAIMED ((uintptr_t)1)
#define CORO_WOKEN_CANCEL ((uintptr_t)2)
#define CORO_WOKEN_FLAGS ((uintptr_t)3)

/* A test that defines it has atomic operations of its own, each of which is a
 * suspension. */
#ifndef CORO_WOKEN_FN
#define CORO_WOKEN_FN static inline
#endif

/* Stands for an empty stack whose owner sleeps; only its address matters. */
extern coro_runnable coro_woken_asleep;

/* The link of those that are set apart; only its address matters. */
extern coro_runnable coro_woken_apart;

/* Sets flags too, CLAIMED among them. True if the caller is to push it: it was
 * neither claimed nor set apart. */
CORO_WOKEN_FN bool coro_woken_claim_with(coro_runnable *run, uintptr_t flags) {
  return !__atomic_fetch_or(&run->woken, flags, __ATOMIC_ACQ_REL);
}

/* True if the caller is the one to push it. */
CORO_WOKEN_FN bool coro_woken_claim(coro_runnable *run) {
  return coro_woken_claim_with(run, CORO_WOKEN_CLAIMED);
}

/* It may be claimed from now on: what was in its word. */
CORO_WOKEN_FN uintptr_t coro_woken_release(coro_runnable *run) {
  uintptr_t word = __atomic_exchange_n(&run->woken, 0, __ATOMIC_ACQ_REL);
  if (word & CORO_WOKEN_CANCEL)
    run->coro |= CORO_RUN_ENDING;
  return word;
}

/* Nobody knows it yet. */
CORO_WOKEN_FN void coro_woken_set_apart(coro_runnable *run) {
  __atomic_store_n(&run->woken, (uintptr_t)&coro_woken_apart, __ATOMIC_RELAXED);
}

static inline bool coro_woken_says_apart(uintptr_t word) {
  return (word & ~CORO_WOKEN_FLAGS) == (uintptr_t)&coro_woken_apart;
}

/* Owner. */
CORO_WOKEN_FN bool coro_woken_is_apart(coro_runnable *run) {
  return coro_woken_says_apart(__atomic_load_n(&run->woken, __ATOMIC_ACQUIRE));
}

/* Before a poll: one that is apart and was cancelled is apart no longer. Mostly
 * the word is 0. */
CORO_WOKEN_FN void coro_woken_begin_poll(coro_runnable *run) {
  uintptr_t word = __atomic_load_n(&run->woken, __ATOMIC_ACQUIRE);
  if (__builtin_expect(word != 0, 0) && coro_woken_says_apart(word) &&
      word & CORO_WOKEN_CANCEL)
    coro_woken_release(run);
}

/* After a poll that has suspended nothing is apart. True if it was until then,
 * and was woken meanwhile. */
CORO_WOKEN_FN bool coro_woken_end_poll(coro_runnable *run) {
  uintptr_t word = __atomic_load_n(&run->woken, __ATOMIC_ACQUIRE);
  return __builtin_expect(word != 0, 0) && coro_woken_says_apart(word) &&
         coro_woken_release(run) & CORO_WOKEN_CLAIMED;
}

/* Pushes what the caller has claimed. True if the owner slept and has to be
 * notified. */
CORO_WOKEN_FN bool coro_woken_push(coro_runnable **woken, coro_runnable *run) {
  coro_runnable *top = __atomic_load_n(woken, __ATOMIC_RELAXED);
  uintptr_t linked = 0;
  do {
    uintptr_t below = top == &coro_woken_asleep ? 0 : (uintptr_t)top;
    __atomic_fetch_xor(&run->woken, below ^ linked, __ATOMIC_RELAXED);
    linked = below;
  } while (!__atomic_compare_exchange_n(woken, &top, run, /*weak=*/false,
                                        __ATOMIC_ACQ_REL, __ATOMIC_RELAXED));
  return top == &coro_woken_asleep;
}

/* All that was pushed, the last first. Owner, awake. */
CORO_WOKEN_FN coro_runnable *coro_woken_take(coro_runnable **woken) {
  /* Looking first spares the exchange where, as mostly, there is nothing. */
  if (!__atomic_load_n(woken, __ATOMIC_RELAXED))
    return 0;
  return __atomic_exchange_n(woken, 0, __ATOMIC_ACQ_REL);
}

/* The first of what was taken may be claimed again; *rest is what is below. */
CORO_WOKEN_FN coro_runnable *coro_woken_pop(coro_runnable **rest) {
  coro_runnable *run = *rest;
  *rest = (coro_runnable *)(coro_woken_release(run) & ~CORO_WOKEN_FLAGS);
  return run;
}

/* False if something was pushed: do not sleep. */
CORO_WOKEN_FN bool coro_woken_sleep(coro_runnable **woken) {
  coro_runnable *empty = 0;
  return __atomic_compare_exchange_n(woken, &empty, &coro_woken_asleep,
                                     /*weak=*/false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_RELAXED);
}

/* False if something was pushed: a notification is on its way. */
CORO_WOKEN_FN bool coro_woken_get_up(coro_runnable **woken) {
  coro_runnable *asleep = &coro_woken_asleep;
  return __atomic_compare_exchange_n(woken, &asleep, 0, /*weak=*/false,
                                     __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

/*
 * What a job's coro_runnable.coro says besides its flags: what was linked to it
 * as it was pushed; the executor's address while it is READY and nowhere; never
 * 0, which is a coro_call's.
 */
static inline coro_runnable **coro_run_link(const coro_runnable *run) {
  return (coro_runnable **)(run->coro & ~(uintptr_t)CORO_RUN_FLAGS);
}
static inline void coro_run_set_link(coro_runnable *run, const void *link) {
  run->coro = (uintptr_t)link | (run->coro & CORO_RUN_FLAGS);
}
static inline bool coro_run_is_nowhere(const coro_runnable *run) {
  return (void *)coro_run_link(run) == (void *)run->executor;
}

static inline void coro_ready_push(coro_executor *executor,
                                   coro_runnable *run) {
  if (__builtin_expect(executor->scheduler != 0, 0)) {
    executor->scheduler->ops->push(executor->scheduler, run);
    return;
  }
  coro_runnable **link = executor->last;
  if (run->coro & CORO_RUN_JOB)
    coro_run_set_link(run, link);
  run->next = 0;
  *link = run;
  executor->last = &run->next;
}

/* NULL if none is ready. */
static inline coro_runnable *coro_ready_pop(coro_executor *executor) {
  if (__builtin_expect(executor->scheduler != 0, 0))
    return executor->scheduler->ops->pop(executor->scheduler);
  coro_runnable *run = executor->first;
  if (!run)
    return 0;
  executor->first = run->next;
  if (!run->next)
    executor->last = &executor->first;
  return run;
}

/* Takes out a job that is in it. */
static inline void coro_ready_remove(coro_executor *executor, coro_job *job) {
  coro_runnable *run = &job->run, *next = run->next;
  coro_runnable **link =
      run == executor->first ? &executor->first : coro_run_link(run);
  *link = next;
  if (!next)
    executor->last = link;
  else if (next->coro & CORO_RUN_JOB)
    coro_run_set_link(next, link);
}

#endif
