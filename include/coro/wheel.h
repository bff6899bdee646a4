/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Timers as a hierarchical wheel: for very many of them, most of which are
 * cancelled before they fire, such as the time-outs of a server.
 */
#ifndef CORO_WHEEL_H
#define CORO_WHEEL_H

#include <coro/time.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { CORO_WHEEL_LEVELS = 8, CORO_WHEEL_BITS = 6, CORO_WHEEL_SLOTS = 64 };

/*
 * A coro_timers, to be used as one: hand &wheel.timers to whoever wants timers.
 * Setting and cancelling cost O(1), and firing O(1) for each level a timer
 * goes down, at most eight. Takes 4 kB and no more, in the caller's storage.
 * Opaque.
 */
typedef struct coro_wheel {
  coro_timers timers; /* first; `first` are those whose time has come */
  uint64_t tick;      /* ns */
  uint64_t elapsed;   /* ticks up to which nothing is in the slots */
  coro_timer *far;    /* beyond the last level */
  uint64_t occupied[CORO_WHEEL_LEVELS]; /* a bit for each slot */
  coro_timer *slots[CORO_WHEEL_LEVELS][CORO_WHEEL_SLOTS];
} coro_wheel;

/*
 * tick is in nanoseconds, not 0: a timer fires when its deadline has come, or
 * up to one tick later, and those of one tick, or whose time had come when they
 * were set, in no promised order. Whoever sleeps by coro_timers_until may get
 * up a few times for one timer, as it comes nearer. now tells the time; NULL
 * means coro_now(). Nothing needs an end.
 */
void coro_wheel_init(coro_wheel *wheel, uint64_t tick,
                     uint64_t (*now)(const coro_timers *timers));

#ifdef __cplusplus
}
#endif

#endif
