/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Timers as a pairing heap: a tree in which no timer is earlier than its
 * parent. `child` is a node's first child, `next` the child's sibling, and
 * `prev` leads back, to the sibling before or, from a first child, to the
 * parent. The root has neither.
 *
 *   first -> 10           set(12): melds 12 below 10
 *            |            fire:    takes 10 out, melds its children in pairs
 *            30 -> 20     cancel:  cuts a subtree off, melds what was below it
 *            |             back
 *            40
 *
 * A timer is set exactly while waker.ops is not NULL.
 */
#include "../port/port.h"

#include <coro/time.h>

uint64_t coro_now(void) { return coro_port_now(); }

uint64_t coro_timers_clock(const coro_timers *timers) {
  (void)timers;
  return coro_port_now();
}

/* Two roots become one: the later becomes the first child of the earlier. */
static coro_timer *meld(coro_timer *a, coro_timer *b) {
  if (!a || !b)
    return a ? a : b;
  if (b->deadline < a->deadline) {
    coro_timer *swap = a;
    a = b;
    b = swap;
  }
  b->next = a->child;
  if (b->next)
    b->next->prev = b;
  b->prev = a;
  a->child = b;
  return a;
}

/*
 * Melds siblings to one root: in pairs from the left, then the pairs from the
 * right. The two passes are what makes the cost O(log n) amortised.
 */
static coro_timer *meld_siblings(coro_timer *sibling) {
  coro_timer *pairs = 0; /* linked by next, the last first */
  while (sibling) {
    coro_timer *a = sibling, *b = a->next;
    sibling = b ? b->next : 0;
    a->next = a->prev = 0;
    if (b)
      b->next = b->prev = 0;
    a = meld(a, b);
    a->next = pairs;
    pairs = a;
  }
  coro_timer *root = 0;
  while (pairs) {
    coro_timer *pair = pairs;
    pairs = pair->next;
    pair->next = 0;
    root = meld(root, pair);
  }
  return root;
}

/* Cuts a node that is not the root off its parent and siblings. */
static void cut(coro_timer *timer) {
  if (timer->prev->child == timer)
    timer->prev->child = timer->next;
  else
    timer->prev->next = timer->next;
  if (timer->next)
    timer->next->prev = timer->prev;
  timer->next = timer->prev = 0;
}

static void take_out(coro_timers *timers, coro_timer *timer) {
  coro_timer *below = meld_siblings(timer->child);
  timer->child = 0;
  if (timer == timers->first) {
    timers->first = below;
  } else {
    cut(timer);
    timers->first = meld(timers->first, below);
  }
  timer->waker.ops = 0;
}

static uint64_t now(const coro_timers *timers) { return timers->clock(timers); }

static void set(coro_timers *timers, coro_timer *timer) {
  timer->child = timer->next = timer->prev = 0;
  timers->first = meld(timers->first, timer);
}

static void cancel(coro_timers *timers, coro_timer *timer) {
  if (coro_timer_is_set(timer))
    take_out(timers, timer);
}

static size_t fire(coro_timers *timers) {
  size_t fired = 0;
  if (!timers->first)
    return fired;
  uint64_t time = now(timers);
  while (timers->first && timers->first->deadline <= time) {
    coro_timer *timer = timers->first;
    coro_waker waker = timer->waker;
    take_out(timers, timer);
    coro_wake_local(waker); /* the timer may be gone afterwards */
    fired++;
  }
  return fired;
}

static uint64_t until(const coro_timers *timers) {
  if (!timers->first || timers->first->deadline == CORO_FOREVER)
    return CORO_FOREVER;
  uint64_t time = now(timers);
  uint64_t deadline = timers->first->deadline;
  return deadline > time ? deadline - time : 0;
}

static const coro_timers_ops heap = {
    CORO_CAPABILITY_VERSION, now, set, cancel, fire, until};

/* Of its own, so that coro_alarm_poll knows it. */
const coro_timers_ops coro_parker_timers = {
    CORO_CAPABILITY_VERSION, coro_timers_clock, set, cancel, fire, until};

void coro_timers_init(coro_timers *timers,
                      uint64_t (*clock)(const coro_timers *timers)) {
  *timers = (coro_timers){&heap, 0, clock ? clock : coro_timers_clock};
}
