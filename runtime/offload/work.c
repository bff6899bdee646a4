/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A piece of work, from the side of the task that waits for it.
 *
 * Invariants:
 * - work->offloader is written by the task's thread alone, and is NULL exactly
 *   while no offloader has the work;
 * - `ran` is set and the waker called under the gate, and a task that sees
 *   `ran` has the gate in between: so the waker is called while its task is
 *   there, and the work's storage is not touched once the gate is open.
 */
#include <coro/capability.h>
#include <coro/offload.h>
#include <coro/time.h>
#include <coro/trace.h>

/* In work->ran, while no offloader has it: the task gave way for want of fuel,
 * and goes on next time in any case. */
enum { GAVE_WAY = 2 };

static coro_status poll_work(coro_future *future, coro_context *cx);
static coro_status cancel_work(coro_future *future, coro_context *cx);

void coro_work_init(coro_work *work, void (*run)(coro_work *work)) {
  *work = (coro_work){.future = {poll_work, cancel_work},
                      .run = run,
                      .gate = CORO_WAIT_QUEUE_SHARED_INIT};
}

/* A word, so that nothing that waits is larger for it. */
static uint32_t beginning(void) {
#ifdef CORO_TRACE
  return (uint32_t)(coro_now() / CORO_MILLISECOND) | 1;
#else
  return 1;
#endif
}

/* The task may have its waker replaced while this is called. */
static void trace_beginning(coro_work *work) {
#ifdef CORO_TRACE
  coro_wait_queue_lock(&work->gate);
  void *task = work->waker.data;
  coro_wait_queue_unlock(&work->gate);
  coro_trace_record(CORO_TRACE_WORK, task, (uintptr_t)work->run, 0);
#else
  (void)work;
#endif
}

void coro_work_run(coro_work *work) {
  __atomic_store_n(&work->began, beginning(), __ATOMIC_RELAXED);
  trace_beginning(work);
  work->run(work);
  coro_wait_queue_lock(&work->gate);
  work->ran = 1;
  /* The task wants the gate when it goes on: its thread is told afterwards. */
  coro_untold untold = coro_wake_untold(work->waker);
  coro_wait_queue_unlock(&work->gate);
  coro_tell(untold);
  CORO_TRACE_EVENT(CORO_TRACE_WORKED, 0, 0, 0);
}

/* Gives it to the offloader by one of its two functions: what that says. */
static int begin(coro_work *work, coro_offloader *offloader, coro_waker waker,
                 int (*submit)(coro_offloader *self, coro_work *work)) {
  /* The work may run, and its task be woken, before submit returns. */
  work->waker = waker;
  work->offloader = offloader;
  work->ran = 0;
  work->began = 0;
  work->result = submit(offloader, work);
  if (work->result)
    work->offloader = 0;
  return work->result;
}

/* Whether it ran. If not, the context's waker is called when it has. */
static int has_run(coro_work *work, coro_context *cx) {
  coro_wait_queue_lock(&work->gate);
  int ran = (int)work->ran;
  if (!ran)
    work->waker = cx->waker; /* this poll may have another one */
  coro_wait_queue_unlock(&work->gate);
  if (ran)
    work->offloader = 0;
  return ran;
}

static coro_status poll_work(coro_future *future, coro_context *cx) {
  coro_work *work = (coro_work *)future;
  if (!work->offloader) {
    if (work->ran != GAVE_WAY && !coro_spend_or_wake(cx)) {
      work->ran = GAVE_WAY;
      return CORO_PENDING;
    }
    work->ran = 0;
    coro_offloader *offloader = cx->offloader;
    if (!offloader) {
      work->result = CORO_NOT_OFFERED;
      return CORO_DONE;
    }
    if (begin(work, offloader, cx->waker, offloader->ops->submit))
      return CORO_DONE;
  }
  return has_run(work, cx) ? CORO_DONE : CORO_PENDING;
}

static coro_status cancel_work(coro_future *future, coro_context *cx) {
  coro_work *work = (coro_work *)future;
  if (!work->offloader)
    return CORO_DONE;
  if (!work->offloader->ops->cancel(work->offloader, work)) {
    work->offloader = 0;
    return CORO_CANCELLED;
  }
  return has_run(work, cx) ? CORO_CANCELLED : CORO_PENDING;
}

int coro_work_try(coro_work *work, coro_offloader *offloader) {
  if (!offloader)
    return CORO_NOT_OFFERED;
  if (!offloader->ops->try_submit)
    return CORO_BUSY;
  coro_waker nobody = {&coro_waker_noop, 0};
  return begin(work, offloader, nobody, offloader->ops->try_submit);
}

/* On the caller's own thread: nobody has to be woken. */
static int submit_here(coro_offloader *self, coro_work *work) {
  (void)self;
  work->run(work);
  work->ran = 1;
  return 0;
}

static int cancel_here(coro_offloader *self, coro_work *work) {
  (void)self;
  (void)work;
  return CORO_BUSY;
}

static const coro_offloader_ops here = {.version = CORO_CAPABILITY_VERSION,
                                        .submit = submit_here,
                                        .cancel = cancel_here,
                                        .try_submit = submit_here};
coro_offloader coro_offload_here = {&here};
