/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The generic executor. One thread owns it; wakes come from anywhere. A
 * runnable is
 *
 *                wake_local, or wake and take_woken
 *      waits ------------------------------------------> READY
 *        ^                                                |  coro_ready_pop
 *        | pending, not READY                             v
 *        +-------------------------------------------- running --+
 *        |                                                |      | wake_local:
 *      added: READY            READY for good: done <-----+      | READY,
 * pushed v when the running, READY  poll ends
 *
 * READY is a flag that only the owner looks at, so that a wake on its own
 * thread needs no atomic operation. Wakes from elsewhere claim the runnable and
 * push it to another queue, whatever it does just then: see run_queue.h.
 *
 * Invariants:
 * - READY and not running: it is in the scheduler, once, or it is done, or
 *   coro_job_cancel_now is about to end it;
 * - a runnable that is done stays READY, and claimed or set apart: no wake does
 *   anything;
 * - claimed and not done: it is in the stack of the woken, or its waker is
 *   about to push it there. So whoever lets go of one claims it first, and
 *   takes the stack until that succeeds: nothing of it is left behind, and the
 *   storage may go as soon as those who have its waker have let go.
 *
 * Where the task is ending, "poll" is to cancel it: that may wait and is woken
 * in the same way.
 */
#include "jobs.h"
#include "run_queue.h"
#include <coro/reactor.h>

#include "../port/port.h"

#include <coro/time.h>
#include <coro/trace.h>

/* Polls between two looks at I/O and timers while jobs are ready. */
enum { POLLS_PER_LOOK = 64 };

coro_runnable coro_woken_asleep, coro_woken_apart;

static void notify(void *data) {
  coro_executor *executor = (coro_executor *)data;
  coro_reactor *reactor = executor->context.reactor;
  if (reactor) {
    reactor->ops->notify(reactor);
    return;
  }
  __atomic_fetch_add(&executor->notes, 1, __ATOMIC_RELEASE);
  coro_port_wake(&executor->notes);
}

/* Who has to notify the executor may do so later: it waits for that. */
static coro_untold push_woken(coro_runnable *run) {
  coro_executor *executor = run->executor;
  coro_untold untold = {0, executor};
  CORO_TRACE_EVENT(CORO_TRACE_WOKEN, run, 0, 0);
  if (coro_woken_push(&executor->woken, run))
    untold.tell = notify;
  return untold;
}

coro_untold coro_run_wake_untold(void *data) {
  coro_runnable *run = (coro_runnable *)data;
  coro_untold nothing = {0, 0};
  return coro_woken_claim(run) ? push_woken(run) : nothing;
}

void coro_run_wake(void *data) { coro_tell(coro_run_wake_untold(data)); }

void coro_run_cancel_from_anywhere(coro_runnable *run) {
  if (coro_woken_claim_with(run, CORO_WOKEN_CLAIMED | CORO_WOKEN_CANCEL))
    coro_tell(push_woken(run));
}

void coro_run_wake_here(void *data) {
  coro_runnable *run = (coro_runnable *)data;
  if (run->coro & CORO_RUN_READY)
    return;
  run->coro |= CORO_RUN_READY;
  CORO_TRACE_EVENT(CORO_TRACE_WOKEN, run, 0, 0);
  if (run != run->executor->running)
    coro_ready_push(run->executor, run);
}

const coro_waker_ops coro_run_waker = {coro_run_wake, coro_run_wake_here,
                                       coro_run_wake_untold};

/* Blocks for ns nanoseconds at most; how many notifications came, or -errno. */
static int gather(coro_executor *executor, uint64_t ns) {
  coro_reactor *reactor = executor->context.reactor;
  if (reactor)
    return reactor->ops->gather(reactor, ns);
  if (ns)
    coro_port_wait(&executor->notes, executor->notes_seen, ns);
  uint32_t notes = __atomic_load_n(&executor->notes, __ATOMIC_ACQUIRE);
  uint32_t count = notes - executor->notes_seen;
  executor->notes_seen = notes;
  return (int)count;
}

/*
 * Somebody who saw us asleep owes a notification. It may come late, after a
 * file or a timer got us up. So they are counted, and fini waits for the last:
 * nobody ever notifies an executor that is gone.
 */
static void settle(coro_executor *executor, int count) {
  if (count <= 0)
    return;
  uint32_t paid = (uint32_t)count;
  executor->notes_owed -=
      paid < executor->notes_owed ? paid : executor->notes_owed;
}

/* True if there was something to call, which may have added tasks. What is
 * requested meanwhile is called next time, so that tasks get their turns. */
static bool make_calls(coro_executor *executor) {
  bool any = executor->calls;
  executor->calling = executor->calls;
  executor->calls = 0;
  while (executor->calling) {
    coro_call *call = executor->calling;
    executor->calling = call->next;
    call->due = false;
    call->function(call);
  }
  return any;
}

static void forget_call(coro_call **list, const coro_call *call) {
  for (coro_call **at = list; *at; at = &(*at)->next) {
    if (*at == call) {
      *at = call->next;
      return;
    }
  }
}

/* Before the executor next sleeps, or after the next poll. */
static void call_soon(coro_executor *executor, coro_call *call) {
  if (call->due)
    return;
  call->due = true;
  call->next = executor->calls;
  executor->calls = call;
  executor->until_look = 1;
}

void coro_executor_rouse(coro_executor *executor) {
  if (!executor->resting)
    return;
  executor->resting = false;
  if (!coro_woken_get_up(&executor->woken))
    executor->notes_owed++;
}

int coro_executor_look(coro_executor *executor, uint64_t ns) {
  coro_executor_rouse(executor); /* notes are owed before they are counted */
  bool called = make_calls(executor);
  bool asleep = ns && !called && coro_woken_sleep(&executor->woken);
  int count = gather(executor, asleep ? ns : 0);
  if (asleep && !coro_woken_get_up(&executor->woken))
    executor->notes_owed++;
  settle(executor, count);
  coro_reactor *reactor = executor->context.reactor;
  if (reactor)
    reactor->ops->deliver(reactor);
  if (executor->context.timers)
    coro_timers_fire(executor->context.timers);
  executor->until_look = executor->calls ? 1 : POLLS_PER_LOOK;
  return count < 0 ? count : 0;
}

/* Out of line, so that the calls that find nothing save no registers. */
__attribute__((noinline)) static void take_all_woken(coro_executor *executor) {
  coro_executor_rouse(executor);
  coro_runnable *rest = coro_woken_take(&executor->woken), *first = 0;
  while (rest) {
    coro_runnable *run = coro_woken_pop(&rest);
    if (run == &executor->stopper) {
      executor->stopping = true;
      executor->until_look = 1; /* where that is looked at */
      continue;
    }
    if (run->coro == CORO_RUN_CALL)
      call_soon(executor, (coro_call *)run);
    if (run->coro & CORO_RUN_READY)
      continue;
    run->coro |= CORO_RUN_READY;
    if (run == executor->running)
      continue;
    run->next = first;
    first = run;
  }
  while (first) {
    coro_runnable *next = first->next;
    coro_ready_push(executor, first);
    first = next;
  }
}

void coro_executor_take_woken(coro_executor *executor) {
  if (__builtin_expect(__atomic_load_n(&executor->woken, __ATOMIC_RELAXED) != 0,
                       0))
    take_all_woken(executor);
}

void coro_executor_end_wakes(coro_runnable *run) {
  run->coro |= CORO_RUN_READY;
  if (coro_woken_is_apart(run))
    return;
  while (!coro_woken_claim(run))
    coro_executor_take_woken(run->executor);
}

void coro_executor_let_go(coro_executor *executor, coro_runnable *run) {
  coro_executor_end_wakes(run);
  if (run->coro & CORO_RUN_JOB) {
    coro_job *job = (coro_job *)run;
    if (job->newer)
      job->newer->older = job->older;
    else
      executor->jobs_list = job->older;
    if (job->older)
      job->older->newer = job->newer;
  }
  run->coro = CORO_RUN_READY;
  executor->jobs--;
}

void coro_executor_end(coro_executor *executor, coro_runnable *run,
                       coro_status status) {
  bool is_job = run->coro & CORO_RUN_JOB;
  CORO_TRACE_EVENT(CORO_TRACE_DONE, run, status, 0);
  coro_executor_let_go(executor, run);
  coro_job *job = (coro_job *)run;
  if (is_job && job->on_done)
    job->on_done(job, status); /* the last touch: the job may be gone */
}

/* What is to be polled, where its frame lies. */
static coro_any_task task_of(coro_runnable *run) {
  if (run->coro & CORO_RUN_JOB)
    return ((coro_job *)run)->task;
  coro_any_task task = {coro_runnable_frame(run),
                        coro_runnable_descriptor(run)};
  return task;
}

/* Afterwards all that was woken by then is in the ready queue, in its order. */
static void poll_run(coro_executor *executor, coro_runnable *run) {
  coro_woken_begin_poll(run);
  coro_any_task task = task_of(run);
  coro_context *cx = &executor->context;
  run->coro &= ~(uintptr_t)CORO_RUN_READY;
  cx->waker.data = run;
  cx->fuel = CORO_FUEL_PER_POLL;
  executor->running = run;
  CORO_TRACE_EVENT(CORO_TRACE_POLLED, run, 0, 0);
  coro_status status;
  if (__builtin_expect((run->coro & CORO_RUN_ENDING) != 0, 0))
    status = coro_cancel_any(task, cx);
  else
    status = coro_poll_any(task, cx);
  if (status != CORO_PENDING) {
    if (status != CORO_YIELDED) {
      executor->running = 0;
      coro_executor_end(executor, run, status);
      coro_executor_take_woken(executor);
      return;
    }
    /* A generator's value has no taker here; it goes on like one that waits. */
    run->coro |= CORO_RUN_READY;
  }
  CORO_TRACE_EVENT(CORO_TRACE_SUSPENDED, run, 0, 0);
  if (coro_woken_end_poll(run)) {
    CORO_TRACE_EVENT(CORO_TRACE_WOKEN, run, 0, 0);
    run->coro |= CORO_RUN_READY;
  }
  /* Those who were woken before it go before it. */
  coro_executor_take_woken(executor);
  executor->running = 0;
  if (run->coro & CORO_RUN_READY)
    coro_ready_push(executor, run);
}

uint32_t coro_executor_poll_ready(coro_executor *executor, uint32_t most) {
  uint32_t left = most;
  coro_executor_take_woken(executor);
  do {
    coro_runnable *run = coro_ready_pop(executor);
    if (!run)
      break;
    poll_run(executor, run);
    left--;
    if (--executor->until_look)
      continue;
    if (!executor->jobs) {
      executor->until_look = 1;
      break;
    }
    coro_executor_look(executor, 0); /* what fails fails where we sleep, too */
    coro_executor_take_woken(executor);
    /* Looked at first: nobody takes a stop that comes between two runs. */
    if (executor->stopping)
      break;
  } while (left);
  return most - left;
}

void coro_call_init(coro_call *call, coro_executor *executor,
                    void (*function)(coro_call *self)) {
  *call = (coro_call){.run = {.executor = executor, .coro = CORO_RUN_CALL},
                      .function = function};
}

void coro_call_request(coro_call *call) { coro_run_wake(&call->run); }

void coro_call_end(coro_call *call) {
  coro_executor *executor = call->run.executor;
  coro_executor_end_wakes(&call->run);
  forget_call(&executor->calls, call);
  forget_call(&executor->calling, call);
}

void coro_executor_init(coro_executor *executor, struct coro_reactor *reactor,
                        struct coro_timers *timers) {
  *executor = (coro_executor){
      .context = {.waker = {&coro_run_waker, 0},
                  .executor = executor,
                  .reactor = reactor,
                  .timers = timers,
                  .allocator = &coro_allocator_default,
                  .spawner = &executor->spawner},
      .spawner = {&coro_executor_spawner},
      .runner = {&coro_executor_runner_ops, &executor->spawner},
      .last = &executor->first,
      .stopper = {.executor = executor},
      .until_look = POLLS_PER_LOOK,
  };
  coro_timers_init(&executor->timers, NULL);
  if (!timers && coro_clock)
    executor->context.timers = &executor->timers;
}

void coro_executor_fini(coro_executor *executor) {
  coro_executor_rouse(executor);
  coro_executor_for_each(executor, coro_executor_end_wakes);
  coro_executor_end_wakes(&executor->stopper);
  while (executor->notes_owed) {
    int count = gather(executor, CORO_FOREVER);
    if (count < 0)
      break;
    settle(executor, count);
  }
  executor->first = executor->woken = 0;
  executor->last = &executor->first;
  executor->jobs_list = 0;
  executor->slots = 0;
  executor->calls = 0;
}
