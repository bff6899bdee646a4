/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Spinning for what another thread is about to give back, before a task
 * suspends: that and being woken takes longer than most locks are held for.
 *
 * A spin looks a few times, and waits twice as long between two looks each
 * time. So a lock that is given back soon is had soon; and one that its thread
 * takes again and again is left to that thread for longer and longer, which is
 * cheaper for all than to move it to and fro for each use.
 *
 * Nobody spins
 * - where one thread runs at a time, or the task's thread has other tasks
 * ready;
 * - while others wait already: see coro_waiter_ops.hurry;
 * - where it was in vain: after each spin that failed the next 1, 3, 7 ... that
 *   would spin do not. What is held across suspensions is mostly held by a task
 *   that does not run.
 */
#ifndef CORO_RUNTIME_SYNC_SPIN_H
#define CORO_RUNTIME_SYNC_SPIN_H

#include "../port/port.h"

#include <coro/executor.h>
#include <coro/wait.h>

/* Looks; the pauses before the first of them, each of which takes 10 to 100 ns;
 * and the exponent of the most that one failure makes others do without
 * spinning. */
enum { CORO_SPIN_LOOKS = 5, CORO_SPIN_PAUSES = 4, CORO_SPIN_DOUBTS = 6 };

static inline void coro_spin_relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__) || defined(__arm__)
  __asm__ volatile("yield" ::: "memory");
#endif
}

/* Two threads may write what one of them learned: then the other's is lost. */
static inline uint8_t coro_spin_read(const uint8_t *member) {
  return __atomic_load_n(member, __ATOMIC_RELAXED);
}
static inline void coro_spin_write(uint8_t *member, unsigned value) {
  if (coro_spin_read(member) != value)
    __atomic_store_n(member, (uint8_t)value, __ATOMIC_RELAXED);
}

/* True if it is worth it. */
static inline bool coro_spin_begin(coro_wait_queue *queue,
                                   const coro_context *cx) {
  if (!coro_port_parallel() || (cx->executor && cx->executor->first))
    return false;
  uint8_t pause = coro_spin_read(&queue->pause);
  if (pause)
    coro_spin_write(&queue->pause, pause - 1U);
  return !pause;
}

static inline void coro_spin_end(coro_wait_queue *queue, bool in_vain) {
  unsigned doubt = coro_spin_read(&queue->doubt);
  doubt = !in_vain ? 0 : doubt < CORO_SPIN_DOUBTS ? doubt + 1 : doubt;
  coro_spin_write(&queue->doubt, doubt);
  coro_spin_write(&queue->pause, (1U << doubt) - 1);
}

/* Not locked; the waiter is in `state`. True if ops->hurry took what it wants.
 */
static inline bool coro_spin(coro_waiter *waiter, uint32_t state,
                             const coro_context *cx) {
  coro_wait_queue *queue = waiter->queue;
  int result = waiter->ops->hurry(waiter);
  if (result || !coro_spin_begin(queue, cx))
    return result > 0;
  for (unsigned look = 0; look < CORO_SPIN_LOOKS; look++) {
    for (unsigned i = 0; i < (unsigned)CORO_SPIN_PAUSES << look; i++)
      coro_spin_relax();
    if (__atomic_load_n(&waiter->state, __ATOMIC_RELAXED) != state)
      return false;
    result = waiter->ops->hurry(waiter);
    if (result < 0)
      return false;
    if (result > 0)
      break;
  }
  coro_spin_end(queue, result <= 0);
  return result > 0;
}

#endif
