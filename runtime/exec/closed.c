/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What closed sets do seldom, and out of line: see coro/closed.h. */
#include <coro/closed.h>

#include "jobs.h"

void coro_closed_init(coro_closed *set, const coro_closed_kind *kind,
                      void *slots, size_t count, struct coro_reactor *reactor,
                      struct coro_timers *timers) {
  coro_executor_init(&set->base, reactor, timers);
  /* Neither takes a slot, so neither is for the tasks. */
  set->base.context.executor = 0;
  set->base.context.spawner = 0;
  set->base.context.waker.ops = kind->waker;
  set->base.closed = true;
  set->kind = kind;
  set->slots = slots;
  set->unused = 0;
  set->count = count;
  set->begun = 0;
}

static coro_runnable *slot_at(const coro_closed *set, size_t i) {
  return (coro_runnable *)((char *)set->slots + set->kind->stride * i);
}

/* Wakes that are about to return still touch their slots and the set: once a
 * slot is claimed and in no stack, they have nothing left to do. */
void coro_closed_fini(coro_closed *set) {
  for (size_t i = 0; i < set->begun; i++)
    coro_executor_end_wakes(slot_at(set, i));
  coro_executor_fini(&set->base);
}

void coro_closed_cancel_all(coro_closed *set) {
  for (size_t i = 0; i < set->begun; i++) {
    coro_runnable *run = slot_at(set, i);
    if (run->coro & CORO_CLOSED_TAGS)
      coro_slot_cancel(run);
  }
}

int coro_closed_begin_rest(coro_closed *set, uint64_t *until) {
  return coro_executor_begin_rest(&set->base, until);
}

int coro_closed_rest(coro_closed *set, uint64_t ns) {
  return coro_executor_sleep(&set->base, ns);
}

void coro_closed_look(coro_closed *set) {
  /* What fails now fails again where we would sleep. */
  coro_executor_look(&set->base, 0);
}

void coro_closed_take_woken(coro_closed *set) {
  coro_executor_take_woken(&set->base);
}

void coro_closed_wake(void *slot) { coro_run_wake(slot); }

coro_untold coro_closed_wake_untold(void *slot) {
  return coro_run_wake_untold(slot);
}
