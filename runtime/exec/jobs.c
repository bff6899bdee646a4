/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What goes into an executor and is taken out again; its owner's side. */
#include "jobs.h"

#include "run_queue.h"

#include <coro/trace.h>

_Static_assert(_Alignof(coro_descriptor) > CORO_RUN_FLAGS &&
                   _Alignof(coro_runnable) > CORO_RUN_FLAGS,
               "coro_runnable.coro has room for flags below an address");

static void prepare(coro_executor *executor, coro_runnable *run,
                    uintptr_t coro) {
  run->executor = executor;
  run->coro = coro | CORO_RUN_READY | (executor->ending ? CORO_RUN_ENDING : 0);
}

static void enqueue(coro_executor *executor, coro_runnable *run) {
  executor->jobs++;
  CORO_TRACE_EVENT(CORO_TRACE_ADDED, run, (uintptr_t)executor->running,
                   coro_runnable_descriptor(run)->name);
  coro_executor_take_woken(executor); /* they were ready before it */
  coro_ready_push(executor, run);
}

static void add(coro_executor *executor, coro_runnable *run, uintptr_t coro) {
  prepare(executor, run, coro);
  __atomic_store_n(&run->woken, 0, __ATOMIC_RELEASE);
  enqueue(executor, run);
}

static void enlist(coro_executor *executor, coro_job *job) {
  job->newer = 0;
  job->older = executor->jobs_list;
  if (job->older)
    job->older->newer = job;
  executor->jobs_list = job;
}

void coro_executor_add(coro_executor *executor, coro_job *job,
                       coro_any_task task, coro_on_done *on_done) {
  job->task = task;
  job->on_done = on_done;
  enlist(executor, job);
  add(executor, &job->run, (uintptr_t)task.coro | CORO_RUN_JOB);
}

void coro_executor_adopt(coro_executor *executor, coro_job *job) {
  enlist(executor, job);
  prepare(executor, &job->run, (uintptr_t)job->task.coro | CORO_RUN_JOB);
  enqueue(executor, &job->run);
}

void coro_executor_add_slot(coro_executor *executor, coro_runnable *run,
                            coro_any_task task) {
  add(executor, run, (uintptr_t)task.coro);
}

void coro_executor_know_slots(coro_executor *executor, coro_slots *slots) {
  slots->next = executor->slots;
  executor->slots = slots;
}

void coro_slot_cancel(coro_runnable *run) {
  CORO_TRACE_EVENT(CORO_TRACE_CANCEL, run, 0, 0);
  run->coro |= CORO_RUN_ENDING;
  coro_run_wake_here(run);
}

void coro_job_cancel(coro_job *job) { coro_slot_cancel(&job->run); }

/* False where the scheduler keeps it, or where it is in nothing, since
 * coro_job_cancel_now is about to end it. */
static bool remove_ready(coro_executor *executor, coro_job *job) {
  coro_scheduler *scheduler = executor->scheduler;
  if (coro_run_is_nowhere(&job->run))
    return false;
  if (scheduler)
    return scheduler->ops->remove &&
           scheduler->ops->remove(scheduler, &job->run);
  coro_ready_remove(executor, job);
  return true;
}

int coro_job_cancel_now(coro_job *job) {
  coro_runnable *run = &job->run;
  coro_executor *executor = run->executor;
  if (!coro_runnable_descriptor(run))
    return CORO_INVALID;
  bool ready = run->coro & CORO_RUN_READY;
  if (run == executor->running || (ready && !remove_ready(executor, job))) {
    coro_job_cancel(job);
    return CORO_BUSY;
  }
  CORO_TRACE_EVENT(CORO_TRACE_CANCEL, run, 0, 0);
  /* READY and nowhere, so wakes from here find nothing to do. The context
   * is another one, since a task that is being polled may have ours. */
  run->coro |= CORO_RUN_READY | CORO_RUN_ENDING;
  coro_run_set_link(run, executor);
  coro_context cx = executor->context;
  cx.waker = (coro_waker){&coro_run_waker, run};
  cx.cancelling = 0;
  cx.fuel = CORO_FUEL_PER_POLL; /* not what another poll has left */
  coro_woken_begin_poll(run);
  coro_status status = coro_cancel_any(job->task, &cx);
  if (status != CORO_PENDING) {
    coro_executor_end(executor, run, status);
    return 0;
  }
  coro_woken_end_poll(run);
  coro_run_set_link(run, job->task.coro);
  coro_ready_push(executor, run); /* for the wakes that found nothing to do */
  return CORO_BUSY;
}

int coro_job_remove(coro_job *job) {
  coro_runnable *run = &job->run;
  coro_executor *executor = run->executor;
  if (!coro_runnable_descriptor(run))
    return CORO_INVALID;
  if (run == executor->running)
    return CORO_BUSY;
  if (run->coro & CORO_RUN_READY && !remove_ready(executor, job))
    return CORO_BUSY;
  CORO_TRACE_EVENT(CORO_TRACE_REMOVED, run, 0, 0);
  coro_executor_let_go(executor, run);
  return 0;
}

void coro_executor_for_each(coro_executor *executor,
                            void (*function)(coro_runnable *run)) {
  for (coro_job *job = executor->jobs_list; job; job = job->older)
    function(&job->run);
  for (coro_slots *slots = executor->slots; slots; slots = slots->next) {
    char *at = (char *)slots->first;
    for (size_t i = 0; i < slots->count; i++, at += slots->stride)
      if (coro_runnable_descriptor((coro_runnable *)at))
        function((coro_runnable *)at);
  }
}

void coro_executor_cancel_all(coro_executor *executor) {
  coro_executor_for_each(executor, coro_slot_cancel);
}

static coro_executor *executor_of(coro_spawner *spawner) {
  return (coro_executor *)((char *)spawner - offsetof(coro_executor, spawner));
}

static int spawn(coro_spawner *self, coro_job *job, coro_any_task task,
                 coro_on_done *on_done) {
  coro_executor_add(executor_of(self), job, task, on_done);
  return 0;
}

static void cancel(coro_spawner *self, coro_job *job) {
  (void)self;
  coro_job_cancel(job);
}

static int take_out(coro_spawner *self, coro_job *job) {
  (void)self;
  return coro_job_remove(job);
}

static int cancel_now(coro_spawner *self, coro_job *job) {
  (void)self;
  return coro_job_cancel_now(job);
}

const coro_spawner_ops coro_executor_spawner = {CORO_CAPABILITY_VERSION, spawn,
                                                cancel, take_out, cancel_now};
