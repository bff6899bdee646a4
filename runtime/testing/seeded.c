/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Ready tasks in an order that a seed decides: a queue, of whose first
 * CORO_SEEDED_REACH one is taken at random, so that one step costs the same for
 * a queue of any length, and none waits for ever but with probability 0.
 * Invariant: `last` is the link at the queue's end, NULL before the first push.
 */
#include <coro/testing.h>

static uint64_t next_random(coro_seeded *self) {
  /* splitmix64: any seed will do, also 0. */
  uint64_t z = self->state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

/* The link to the n-th of a list that is not empty, or to its last. */
static coro_runnable **link_at(coro_seeded *self, size_t n) {
  coro_runnable **at = &self->first;
  for (; n && (*at)->next; n--)
    at = &(*at)->next;
  return at;
}

static void push(coro_scheduler *scheduler, coro_runnable *run) {
  coro_seeded *self = (coro_seeded *)scheduler;
  coro_runnable **at = self->last ? self->last : &self->first;
  run->next = 0;
  *at = run;
  self->last = &run->next;
  self->count++;
}

static void take(coro_seeded *self, coro_runnable **at) {
  coro_runnable *run = *at;
  *at = run->next;
  if (self->last == &run->next)
    self->last = at;
  self->count--;
}

static coro_runnable *pop(coro_scheduler *scheduler) {
  coro_seeded *self = (coro_seeded *)scheduler;
  if (!self->first)
    return 0;
  size_t reach =
      self->count < CORO_SEEDED_REACH ? self->count : CORO_SEEDED_REACH;
  coro_runnable **at = link_at(self, next_random(self) % reach);
  coro_runnable *run = *at;
  take(self, at);
  return run;
}

static int take_out(coro_scheduler *scheduler, coro_runnable *run) {
  coro_seeded *self = (coro_seeded *)scheduler;
  for (coro_runnable **at = &self->first; *at; at = &(*at)->next) {
    if (*at == run) {
      take(self, at);
      return 1;
    }
  }
  return 0;
}

static const coro_scheduler_ops ops = {CORO_CAPABILITY_VERSION, push, pop,
                                       take_out};

void coro_seeded_init(coro_seeded *seeded, uint64_t seed) {
  *seeded = (coro_seeded){.scheduler = {&ops}, .state = seed};
}
