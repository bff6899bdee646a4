/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Executors, driven step by step by somebody else's loop.
 *
 * One that rests is asleep for all who wake its tasks, so they notify it; but
 * its owner sleeps elsewhere, watching the reactor's descriptor, and does what
 * it likes before the next step. Invariant: the stack of the woken says ASLEEP
 * only where `resting` is set, or inside of coro_executor_look; whoever of the
 * owner's side is about to touch the stack gets the executor up first.
 */
#include "jobs.h"

#include "run_queue.h"

#include <coro/closed.h>
#include <coro/reactor.h>
#include <coro/time.h>

int coro_executor_check(const coro_executor *executor) {
  const coro_scheduler *scheduler = executor->scheduler;
  if (scheduler &&
      (!scheduler->ops || coro_version_check(scheduler->ops->version)))
    return CORO_UNKNOWN_VERSION;
  return coro_context_check(&executor->context);
}

int coro_executor_begin_rest(coro_executor *executor, uint64_t *until) {
  coro_timers *timers = executor->context.timers;
  *until = timers ? coro_timers_until(timers) : CORO_FOREVER;
  executor->resting = !executor->calls && coro_woken_sleep(&executor->woken);
  if (!executor->resting)
    *until = 0;
  return 0;
}

static coro_executor *executor_of(coro_runner *runner) {
  return (coro_executor *)((char *)runner - offsetof(coro_executor, runner));
}

static int step(coro_runner *self, uint64_t *until) {
  coro_executor *executor = executor_of(self);
  int error = coro_executor_check(executor);
  if (error)
    return error;
  if (coro_executor_poll_ready(executor, 1))
    return 1;
  error = coro_executor_look(executor, 0);
  if (error)
    return error;
  if (coro_executor_poll_ready(executor, 1))
    return 1;
  return coro_executor_begin_rest(executor, until);
}

/* These serve closed sets as well: they have such an executor. */
int coro_closed_sleep(coro_runner *self, uint64_t ns) {
  return coro_executor_sleep(executor_of(self), ns);
}

int coro_closed_descriptor(coro_runner *self) {
  coro_reactor *reactor = executor_of(self)->context.reactor;
  return reactor ? coro_reactor_descriptor(reactor) : CORO_NOT_OFFERED;
}

size_t coro_closed_jobs(coro_runner *self) { return executor_of(self)->jobs; }

const coro_runner_ops coro_executor_runner_ops = {
    CORO_CAPABILITY_VERSION, step, coro_closed_sleep, coro_closed_descriptor,
    coro_closed_jobs};

int coro_runner_run(coro_runner *self) {
  if (!self->ops || coro_version_check(self->ops->version))
    return CORO_UNKNOWN_VERSION;
  int result = 0;
  while (result >= 0 && self->ops->tasks(self)) {
    uint64_t until = CORO_FOREVER;
    result = self->ops->step(self, &until);
    if (!result && until && self->ops->tasks(self))
      result = self->ops->sleep(self, until);
  }
  return result < 0 ? result : 0;
}
