/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A hierarchical timing wheel. Time is counted in ticks, and a number of ticks
 * written in digits of six bits. A timer lies at the level of the highest digit
 * in which its time differs from `elapsed`, in the slot of its own digit there:
 *
 *   elapsed  0 0 5      a timer for 0 0 9 is in level 0, slot 9
 *                       a timer for 0 7 2 is in level 1, slot 7
 *                       a timer for 3 0 0 is in level 2, slot 3
 *
 * When time reaches the beginning of a slot, what is in it is put where it
 * belongs from there: nearer, or among those whose time has come.
 *
 * Invariants:
 * - every slot of level n that is occupied lies behind elapsed's digit n, so
 *   the lowest occupied level has the next slot, and it begins after elapsed;
 * - a timer knows the head of its list (in `child`): taking it out needs no
 *   search;
 * - a timer is set exactly while waker.ops is not NULL, as with the heap.
 */
#include <coro/wheel.h>

enum { REACH = CORO_WHEEL_LEVELS * CORO_WHEEL_BITS };

static coro_wheel *wheel_of(const coro_timers *timers) {
  return (coro_wheel *)timers; /* its first member */
}

/* Lists -------------------------------------------------------------------- */

static void link_timer(coro_timer **head, coro_timer *timer) {
  timer->child = (coro_timer *)head;
  timer->prev = 0;
  timer->next = *head;
  if (timer->next)
    timer->next->prev = timer;
  *head = timer;
}

/* Not every list is a slot's. */
static void mark_empty(coro_wheel *self, coro_timer **head) {
  const size_t slots = (size_t)CORO_WHEEL_LEVELS * CORO_WHEEL_SLOTS;
  coro_timer **first = &self->slots[0][0];
  if (head < first || head >= first + slots)
    return;
  size_t slot = (size_t)(head - first);
  self->occupied[slot / CORO_WHEEL_SLOTS] &=
      ~(UINT64_C(1) << slot % CORO_WHEEL_SLOTS);
}

static void unlink_timer(coro_wheel *self, coro_timer *timer) {
  coro_timer **head = (coro_timer **)timer->child;
  if (timer->prev)
    timer->prev->next = timer->next;
  else
    *head = timer->next;
  if (timer->next)
    timer->next->prev = timer->prev;
  if (!*head)
    mark_empty(self, head);
}

/* Places ------------------------------------------------------------------- */

static unsigned digit(uint64_t ticks, unsigned level) {
  return (ticks >> (level * CORO_WHEEL_BITS)) & (CORO_WHEEL_SLOTS - 1);
}

/* The first tick at which the deadline has come. */
static uint64_t ticks_of(const coro_wheel *self, uint64_t deadline) {
  if (deadline == CORO_FOREVER)
    return deadline;
  return deadline / self->tick + (deadline % self->tick != 0);
}

static void place(coro_wheel *self, coro_timer *timer) {
  uint64_t ticks = ticks_of(self, timer->deadline);
  if (ticks <= self->elapsed) {
    link_timer(&self->timers.first, timer);
    return;
  }
  unsigned highest = 63 - (unsigned)__builtin_clzll(ticks ^ self->elapsed);
  if (highest >= REACH) {
    link_timer(&self->far, timer);
    return;
  }
  unsigned level = highest / CORO_WHEEL_BITS, slot = digit(ticks, level);
  link_timer(&self->slots[level][slot], timer);
  self->occupied[level] |= UINT64_C(1) << slot;
}

static void place_all(coro_wheel *self, coro_timer *timer) {
  while (timer) {
    coro_timer *next = timer->next;
    place(self, timer);
    timer = next;
  }
}

/* Where time has to stop next: at the beginning of an occupied slot or, with
 * nothing in the slots, where what is far may come into reach. */
struct stop {
  uint64_t ticks; /* 0: nowhere */
  coro_timer **head;
};

static struct stop next_stop(coro_wheel *self) {
  for (unsigned level = 0; level < CORO_WHEEL_LEVELS; level++) {
    if (!self->occupied[level])
      continue;
    unsigned slot = (unsigned)__builtin_ctzll(self->occupied[level]);
    unsigned shift = level * CORO_WHEEL_BITS;
    uint64_t above = self->elapsed >> shift >> CORO_WHEEL_BITS;
    return (struct stop){(above << CORO_WHEEL_BITS | slot) << shift,
                         &self->slots[level][slot]};
  }
  if (!self->far)
    return (struct stop){0, 0};
  return (struct stop){((self->elapsed >> REACH) + 1) << REACH, &self->far};
}

/* Goes to the next stop, if that has come: true. */
static bool go_on(coro_wheel *self, uint64_t target) {
  struct stop stop = next_stop(self);
  if (!stop.ticks || stop.ticks > target)
    return false;
  self->elapsed = stop.ticks;
  coro_timer *timer = *stop.head;
  *stop.head = 0;
  mark_empty(self, stop.head);
  place_all(self, timer);
  return true;
}

/* The table ---------------------------------------------------------------- */

static uint64_t now(const coro_timers *timers) { return timers->clock(timers); }

static void set(coro_timers *timers, coro_timer *timer) {
  place(wheel_of(timers), timer);
}

static void take_out(coro_wheel *self, coro_timer *timer) {
  unlink_timer(self, timer);
  timer->waker.ops = 0;
}

static void cancel(coro_timers *timers, coro_timer *timer) {
  if (coro_timer_is_set(timer))
    take_out(wheel_of(timers), timer);
}

static size_t fire_first(coro_wheel *self) {
  coro_timer *timer;
  size_t fired = 0;
  while ((timer = self->timers.first)) {
    coro_waker waker = timer->waker;
    timer->waker.ops = 0;
    self->timers.first = timer->next;
    if (timer->next)
      timer->next->prev = 0;
    coro_wake_local(waker); /* the timer may be gone afterwards */
    fired++;
  }
  return fired;
}

static size_t fire(coro_timers *timers) {
  coro_wheel *self = wheel_of(timers);
  uint64_t target = now(timers) / self->tick;
  size_t fired = fire_first(self);
  while (go_on(self, target))
    fired += fire_first(self);
  if (self->elapsed < target)
    self->elapsed = target;
  return fired;
}

static uint64_t until(const coro_timers *timers) {
  coro_wheel *self = wheel_of(timers);
  if (timers->first)
    return 0;
  uint64_t ticks = next_stop(self).ticks;
  if (!ticks || ticks > CORO_FOREVER / self->tick)
    return CORO_FOREVER;
  uint64_t time = now(timers), then = ticks * self->tick;
  return then > time ? then - time : 0;
}

static const coro_timers_ops wheel = {
    CORO_CAPABILITY_VERSION, now, set, cancel, fire, until};

void coro_wheel_init(coro_wheel *self, uint64_t tick,
                     uint64_t (*clock)(const coro_timers *timers)) {
  *self = (coro_wheel){.timers = {&wheel, 0, clock ? clock : coro_timers_clock},
                       .tick = tick};
  self->elapsed = now(&self->timers) / tick;
}
