/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The generic executor. One thread owns it; wakes come from anywhere. A job's
 * state is a set of three bits, so that a wake is one atomic or, which is never
 * refused:
 *
 *                  wake: pushes it
 *      WAITS ------------------------> WOKEN <---------- coro_executor_add
 *        ^                               |
 *        | poll_job, pending             | poll_job begins: took it off
 *        |                               v
 *        +---------------------------- RUNNING <---+
 *                                      |     |     |
 *                     poll_job, done:  | wake|     | poll_job begins: took
 *                     calls on_done    |     v     | it off
 *                            DONE <----+---- RUNNING|WOKEN: pushed again
 *                                            when poll_job ends, pending
 *
 * Other wakes change nothing that anybody looks at. Where the job is ending,
 * "poll" is to cancel it: that may wait and is woken in the same way.
 *
 * Invariants:
 * - a job with WOKEN is in exactly one queue (run_queue.h), or will be when its
 *   poll ends; one without is in none. So a wake that finds WOKEN is done;
 * - who turns WAITS into WOKEN pushes the job; else the owner does;
 * - every wake is a read-modify-write, also one that changes nothing, and so is
 *   the beginning of a poll: what was written before a wake is seen by the poll
 *   that follows, or that poll is followed by another.
 */
#include "../reactor/reactor.h"
#include "run_queue.h"

#include "../port/port.h"

#include <coro/time.h>

enum { JOB_WAITS = 0, JOB_WOKEN = 1, JOB_RUNNING = 2, JOB_DONE = 4 };

/* Polls between two looks at I/O and timers while jobs are ready. */
enum { POLLS_PER_LOOK = 64 };

/* Operations one poll may do before coro_executor_spend says to give way. */
enum { FUEL_PER_POLL = 128 };

coro_job coro_woken_asleep;

static void notify(coro_executor *executor) {
  coro_reactor *reactor = executor->context.reactor;
  if (reactor) {
    reactor->ops->notify(reactor);
    return;
  }
  __atomic_fetch_add(&executor->notes, 1, __ATOMIC_RELEASE);
  coro_port_wake(&executor->notes);
}

static void wake_job(void *data) {
  coro_job *job = (coro_job *)data;
  if (__atomic_fetch_or(&job->state, JOB_WOKEN, __ATOMIC_ACQ_REL) != JOB_WAITS)
    return;
  coro_executor *executor = job->executor;
  if (coro_woken_push(&executor->woken, job))
    notify(executor);
}

static const coro_waker_ops job_waker = {wake_job};

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

/*
 * Looks at I/O and timers, which wake jobs; sleeps for ns nanoseconds at most
 * if nobody was woken before. 0 or -errno.
 */
static int look(coro_executor *executor, uint64_t ns) {
  bool asleep = ns && coro_woken_sleep(&executor->woken);
  int count = gather(executor, asleep ? ns : 0);
  if (asleep && !coro_woken_get_up(&executor->woken))
    executor->notes_owed++;
  settle(executor, count);
  coro_reactor *reactor = executor->context.reactor;
  if (reactor)
    reactor->ops->deliver(reactor);
  if (executor->context.timers)
    coro_timers_fire(executor->context.timers);
  executor->until_look = POLLS_PER_LOOK;
  return count < 0 ? count : 0;
}

/* Moves what was woken to the end of the ready queue. */
static void take_woken(coro_executor *executor) {
  coro_job *job = coro_woken_take(&executor->woken);
  while (job) {
    coro_job *next = job->next;
    if (job == &executor->stopper) {
      executor->stopping = true;
      __atomic_store_n(&job->state, JOB_WAITS, __ATOMIC_RELEASE);
    } else {
      coro_ready_push(executor, job);
    }
    job = next;
  }
}

static void poll_job(coro_executor *executor, coro_job *job) {
  __atomic_exchange_n(&job->state, JOB_RUNNING, __ATOMIC_ACQ_REL);
  executor->context.waker.data = job;
  executor->fuel = FUEL_PER_POLL;
  coro_context *cx = &executor->context;
  coro_status status = job->ending ? coro_cancel_any(job->task, cx)
                                   : coro_poll_any(job->task, cx);

  /* A generator's value has no taker here; it goes on like one that waits. */
  if (status == CORO_YIELDED)
    wake_job(job);
  if (status != CORO_PENDING && status != CORO_YIELDED) {
    __atomic_exchange_n(&job->state, JOB_DONE, __ATOMIC_ACQ_REL);
    executor->jobs--;
    if (job->on_done)
      job->on_done(job, status); /* the last touch: the job may be gone */
    return;
  }
  /* Looking first spares the exchange where the job woke itself. */
  uint32_t state = __atomic_load_n(&job->state, __ATOMIC_RELAXED);
  if (state == JOB_RUNNING &&
      __atomic_compare_exchange_n(&job->state, &state, JOB_WAITS,
                                  /*weak=*/false, __ATOMIC_ACQ_REL,
                                  __ATOMIC_RELAXED))
    return;
  take_woken(executor); /* those who were woken before it go before it */
  coro_ready_push(executor, job);
}

/* False if no job is ready. */
static bool poll_next(coro_executor *executor) {
  if (!executor->until_look)
    look(executor, 0); /* what fails now fails again where we would sleep */
  take_woken(executor);
  coro_job *job = coro_ready_pop(executor);
  if (!job)
    return false;
  executor->until_look--;
  poll_job(executor, job);
  return true;
}

void coro_executor_init(coro_executor *executor, struct coro_reactor *reactor,
                        struct coro_timers *timers) {
  *executor = (coro_executor){
      .context = {{&job_waker, 0},
                  executor,
                  reactor,
                  timers,
                  &coro_allocator_default,
                  0},
      .stopper = {.executor = executor, .state = JOB_WAITS},
      .until_look = POLLS_PER_LOOK,
  };
}

void coro_executor_fini(coro_executor *executor) {
  while (executor->notes_owed) {
    int count = gather(executor, CORO_FOREVER);
    if (count < 0)
      break;
    settle(executor, count);
  }
  executor->first = executor->last = executor->woken = 0;
}

void coro_executor_add(coro_executor *executor, coro_job *job,
                       coro_any_task task, coro_on_done *on_done) {
  job->task = task;
  job->executor = executor;
  job->on_done = on_done;
  job->ending = false;
  __atomic_store_n(&job->state, JOB_WOKEN, __ATOMIC_RELEASE);
  executor->jobs++;
  take_woken(executor);
  coro_ready_push(executor, job);
}

void coro_job_cancel(coro_job *job) {
  job->ending = true;
  wake_job(job);
}

bool coro_executor_step(coro_executor *executor) {
  if (poll_next(executor))
    return true;
  look(executor, 0);
  return poll_next(executor);
}

int coro_executor_run(coro_executor *executor) {
  int error = 0;
  take_woken(executor); /* a stop from before the run */
  while (executor->jobs && !executor->stopping && !error) {
    if (poll_next(executor) || executor->stopping)
      continue;
    coro_timers *timers = executor->context.timers;
    error = look(executor, timers ? coro_timers_until(timers) : CORO_FOREVER);
    take_woken(executor);
  }
  bool stopped = executor->stopping && executor->jobs;
  executor->stopping = false;
  if (error)
    return error;
  return stopped ? CORO_RUN_STOPPED : CORO_RUN_FINISHED;
}

void coro_executor_stop(coro_executor *executor) {
  wake_job(&executor->stopper);
}
