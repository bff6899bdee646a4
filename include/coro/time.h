/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Time: a clock in nanoseconds, sleeping, and timers that take no memory. */
#ifndef CORO_TIME_H
#define CORO_TIME_H

#include <coro/context.h>
#include <coro/effects.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CORO_NANOSECOND UINT64_C(1)
#define CORO_MICROSECOND UINT64_C(1000)
#define CORO_MILLISECOND UINT64_C(1000000)
#define CORO_SECOND UINT64_C(1000000000)

/* As a time-out: none. As a deadline: never. */
#define CORO_FOREVER UINT64_MAX

/*
 * Nanoseconds of a clock that never goes back and has no known start
 * (CLOCK_MONOTONIC on Linux). From any thread or signal handler.
 */
uint64_t coro_now(void);

/* The platform's clock, which coro_now asks; NULL where it has none, and then
 * only timers that come with a clock of their own are offered. */
extern uint64_t (*const coro_clock)(void);

/*
 * A waker and when to call it. The storage is the waiter's, usually a local of
 * a function that yields; it stays where it is while the timer is set. Opaque
 * but for the waker, which the waiter may replace while the timer is set.
 */
typedef struct coro_timer {
  coro_waker waker; /* ops is NULL while the timer is not set */
  uint64_t deadline;
  struct coro_timer *child; /* first of the later timers below this one */
  struct coro_timer *next;  /* sibling */
  struct coro_timer *prev;  /* sibling, or the parent of a first child */
} coro_timer;

#define CORO_TIMER_INIT {{0, 0}, 0, 0, 0, 0}

typedef struct coro_timers coro_timers;

/*
 * The capability of waking at a time. All are called on one thread, never from
 * signal handlers; only `now` may be called from anywhere. The functions below
 * of the same names say what each does.
 */
typedef struct coro_timers_ops {
  uint32_t version; /* CORO_CAPABILITY_VERSION of who filled the table */
  uint64_t (*now)(const coro_timers *timers);
  void (*set)(coro_timers *timers, coro_timer *timer);
  void (*cancel)(coro_timers *timers, coro_timer *timer);
  size_t (*fire)(coro_timers *timers);
  uint64_t (*until)(const coro_timers *timers);
} coro_timers_ops;

/*
 * Timers in order of their deadlines: a capability, passed on in contexts. A
 * struct that begins with one may order them otherwise: see coro_wheel. Opaque.
 */
struct coro_timers {
  const coro_timers_ops *ops;
  coro_timer *first;
  uint64_t (*clock)(const coro_timers *timers);
};

/*
 * Timers as a heap: setting costs O(1), firing and cancelling O(log n)
 * amortised, and each wakes when its time has come, not a tick later. now tells
 * the time for them; NULL means coro_now(). They hold nothing, so they need no
 * end.
 */
void coro_timers_init(coro_timers *timers,
                      uint64_t (*now)(const coro_timers *timers));

/* For timers of a thread that waits (see coro_parker), in its headers' sight:
 * the heap and the clock. */
extern const coro_timers_ops coro_parker_timers;
uint64_t coro_timers_clock(const coro_timers *timers);

/* Their time, in nanoseconds. */
static inline uint64_t coro_timers_now(const coro_timers *timers) {
  return timers->ops->now(timers);
}

/*
 * Sets a timer that is not set: waker is called once, by coro_timers_fire, when
 * now has reached deadline. waker.ops may not be NULL.
 *
 * The thread of coro_block_on looks at the timers where it sleeps, and not
 * while what it polls wakes itself all the time. So the poll of a future by
 * hand that waits for a time asks coro_timers_now, too, and not only whether
 * its timer is set.
 */
static inline void coro_timers_set(coro_timers *timers, coro_timer *timer,
                                   uint64_t deadline, coro_waker waker) {
  timer->waker = waker;
  timer->deadline = deadline;
  timers->ops->set(timers, timer);
}

/* Takes a timer out. Nothing happens to one that has fired or was never set. */
static inline void coro_timers_cancel(coro_timers *timers, coro_timer *timer) {
  timers->ops->cancel(timers, timer);
}

/*
 * Calls the wakers of all timers whose deadline has come, earliest first, equal
 * ones in no promised order. A waker may set and cancel timers; one set for a
 * time that has come fires in the same call. Returns how many were called.
 */
static inline size_t coro_timers_fire(coro_timers *timers) {
  return timers->ops->fire(timers);
}

/* Nanoseconds until the next deadline: 0 if it has come, else CORO_FOREVER if
 * no timer is set. */
static inline uint64_t coro_timers_until(const coro_timers *timers) {
  return timers->ops->until(timers);
}

/* Beats at equal distances; see coro_interval_wait. */
typedef struct coro_interval {
  uint64_t next;   /* when the next beat is; CORO_FOREVER: there is none */
  uint64_t period; /* ns, not 0; CORO_FOREVER is for none */
} coro_interval;

/*
 * What the context's timers say the time is, in nanoseconds, or coro_now()
 * where it has none: a task that asks here keeps to a test's clock.
 */
static inline uint64_t coro_time(const coro_context *cx) {
  return cx->timers ? coro_timers_now(cx->timers) : coro_now();
}

/* The time ns nanoseconds after another: never, where no clock will say it. */
static inline uint64_t coro_time_after(uint64_t time, uint64_t ns) {
  return ns < CORO_FOREVER - time ? time + ns : CORO_FOREVER;
}

/* Beats from one period from now on. */
static inline coro_interval coro_interval_every(const coro_context *cx,
                                                uint64_t period) {
  coro_interval interval = {coro_time_after(coro_time(cx), period), period};
  return interval;
}

/* True from coro_timers_set until it fires or is cancelled. */
static inline bool coro_timer_is_set(const coro_timer *timer) {
  return timer->waker.ops != 0;
}

#ifdef CORO_HAS_EFFECTS

/*
 * Waits for ns nanoseconds at least; CORO_FOREVER waits until the program ends,
 * or the task. 0; or CORO_NOT_OFFERED, at once, where the context has no timers
 * and ns is not CORO_FOREVER. Cancelled, it takes its timer out; so the timers
 * must still be there.
 */
CORO_CANCEL_SAFE CORO_YIELDS int coro_sleep(uint64_t ns) CORO_FRAME(64);

/*
 * The same until that time of coro_time(); 0 at once where it has come.
 */
CORO_CANCEL_SAFE CORO_YIELDS int coro_sleep_until(uint64_t deadline)
    CORO_FRAME(80);

/*
 * Waits for the next beat of an interval. The beats are where they would be if
 * nothing ever took time: `period` after each other, with no drift. Returns how
 * many have come since the last call: 1, or more where the caller was late for
 * some, which are then over; 0 where the context has no timers to wait with.
 * Cancelled, it has counted none of them.
 */
CORO_CANCEL_SAFE CORO_YIELDS uint64_t
coro_interval_wait(coro_interval *interval) CORO_FRAME(96);

#endif

#ifdef __cplusplus
}
#endif

#endif
