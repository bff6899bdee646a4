/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Tasks on their way to one executor: a stack that anybody pushes to, linked
 * through `next`, and that the owner takes whole, in a call between two polls.
 * A job in it is set apart, see run_queue.h: it may be cancelled, and is in
 * nothing else of the executor's. `sent` is `closed` for ever once it was that.
 */
#include <coro/inbox.h>

#include "jobs.h"
#include "run_queue.h"

#include <coro/error.h>

/* Only its address matters. */
static coro_runnable closed;

static int send(coro_sender *self, coro_job *job, coro_any_task task,
                coro_on_done *on_done) {
  coro_inbox *inbox = (coro_inbox *)self;
  job->task = task;
  job->on_done = on_done;
  coro_woken_set_apart(&job->run);
  coro_runnable *top = __atomic_load_n(&inbox->sent, __ATOMIC_RELAXED);
  do {
    if (top == &closed)
      return CORO_CLOSED;
    job->run.next = top;
  } while (!__atomic_compare_exchange_n(&inbox->sent, &top, &job->run,
                                        /*weak=*/1, __ATOMIC_RELEASE,
                                        __ATOMIC_RELAXED));
  /* Who found it empty asks for the call, which takes all that came by then. */
  if (!top)
    coro_call_request(&inbox->call);
  return 0;
}

static void cancel(coro_sender *self, coro_job *job) {
  (void)self;
  coro_run_cancel_from_anywhere(&job->run);
}

static const coro_sender_ops sender_ops = {CORO_CAPABILITY_VERSION, send,
                                           cancel};

/* Adds what was sent, the first sent first; leaves this behind. */
static void take(coro_inbox *inbox, coro_runnable *rest) {
  coro_runnable *run =
      __atomic_exchange_n(&inbox->sent, rest, __ATOMIC_ACQUIRE);
  coro_runnable *first = 0;
  while (run) {
    coro_runnable *below = run->next;
    run->next = first;
    first = run;
    run = below;
  }
  while (first) {
    coro_runnable *next = first->next;
    coro_executor_adopt(inbox->call.run.executor, (coro_job *)first);
    first = next;
  }
}

static void on_call(coro_call *call) {
  take((coro_inbox *)((char *)call - offsetof(coro_inbox, call)), 0);
}

void coro_inbox_open(coro_inbox *inbox, coro_executor *executor) {
  inbox->sender.ops = &sender_ops;
  inbox->sent = 0;
  coro_call_init(&inbox->call, executor, on_call);
}

void coro_inbox_close(coro_inbox *inbox) {
  take(inbox, &closed);
  coro_call_end(&inbox->call);
}
