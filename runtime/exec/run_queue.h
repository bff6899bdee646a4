/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The two queues of an executor, both linked through coro_job.next:
 *
 * - ready: the owner's list, first in first out;
 * - woken: a stack that anybody pushes to, from threads and signal handlers,
 *   and that the owner takes whole. It also says whether the owner sleeps, so
 *   that who pushes first onto a sleeping owner's stack, and nobody else, must
 *   notify it:
 *
 *     NULL <--coro_woken_get_up-- ASLEEP      NULL, ASLEEP: nothing was pushed
 *     NULL --coro_woken_sleep---> ASLEEP
 *     any  --coro_woken_push----> job -> ...  notify if it was ASLEEP
 *     job  --coro_woken_take----> NULL
 *
 * Once a job is pushed, the pusher touches neither the job nor the executor,
 * unless it has to notify.
 */
#ifndef CORO_RUN_QUEUE_H
#define CORO_RUN_QUEUE_H

#include <coro/executor.h>

/* Stands for an empty stack whose owner sleeps; only its address matters. */
extern coro_job coro_woken_asleep;

/* True if the owner slept and has to be notified. */
static inline bool coro_woken_push(coro_job **woken, coro_job *job) {
  coro_job *top = __atomic_load_n(woken, __ATOMIC_RELAXED);
  do
    job->next = top == &coro_woken_asleep ? 0 : top;
  while (!__atomic_compare_exchange_n(woken, &top, job, /*weak=*/true,
                                      __ATOMIC_ACQ_REL, __ATOMIC_RELAXED));
  return top == &coro_woken_asleep;
}

/* All that was pushed, in the order in which it was. Owner, awake. */
static inline coro_job *coro_woken_take(coro_job **woken) {
  /* Looking first spares the exchange where, as mostly, there is nothing. */
  if (!__atomic_load_n(woken, __ATOMIC_RELAXED))
    return 0;
  coro_job *top = __atomic_exchange_n(woken, 0, __ATOMIC_ACQ_REL);
  coro_job *first = 0;
  while (top) {
    coro_job *next = top->next;
    top->next = first;
    first = top;
    top = next;
  }
  return first;
}

/* False if something was pushed: do not sleep. */
static inline bool coro_woken_sleep(coro_job **woken) {
  coro_job *empty = 0;
  return __atomic_compare_exchange_n(woken, &empty, &coro_woken_asleep,
                                     /*weak=*/false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_RELAXED);
}

/* False if something was pushed: a notification is on its way. */
static inline bool coro_woken_get_up(coro_job **woken) {
  coro_job *asleep = &coro_woken_asleep;
  return __atomic_compare_exchange_n(woken, &asleep, 0, /*weak=*/false,
                                     __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

static inline void coro_ready_push(coro_executor *executor, coro_job *job) {
  job->next = 0;
  if (executor->first)
    executor->last->next = job;
  else
    executor->first = job;
  executor->last = job;
}

/* NULL if no job is ready. */
static inline coro_job *coro_ready_pop(coro_executor *executor) {
  coro_job *job = executor->first;
  if (job)
    executor->first = job->next;
  return job;
}

#endif
