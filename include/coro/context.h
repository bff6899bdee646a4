/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A context is what a poll brings along: how to be woken, and the capabilities
 * the running task may use. A task sees it with coro_self().
 */
#ifndef CORO_CONTEXT_H
#define CORO_CONTEXT_H

#include <coro/abi.h>
#include <coro/allocator.h>

#ifdef __cplusplus
extern "C" {
#endif

struct coro_executor;
struct coro_reactor;
struct coro_timers;

/*
 * What a waker does. Both may be called from any thread and from a signal
 * handler, and any number of times. The table outlives every waker that names
 * it.
 */
typedef struct coro_waker_ops {
  /* Have the task polled again, now or once the poll that is running ends. */
  void (*wake)(void *data);
} coro_waker_ops;

/*
 * Two words, copied freely. Valid until the task it wakes is done: who keeps
 * one longer must have been told to let go.
 */
typedef struct coro_waker {
  const coro_waker_ops *ops;
  void *data; /* passed to the operations; may be NULL */
} coro_waker;

/* The waker that does nothing: for whoever polls again anyway. */
extern const coro_waker_ops coro_waker_noop;

/*
 * Borrowed by a poll, for that poll: a pointer got from coro_self() is good
 * until the next suspension. Every capability may be NULL, and then a function
 * that wants it says in its own documentation what it does without.
 */
typedef struct coro_context {
  coro_waker waker;
  struct coro_executor *executor; /* who runs this task */
  struct coro_reactor *reactor;   /* who watches file descriptors */
  struct coro_timers *timers;     /* who watches the clock */
  coro_allocator *allocator;      /* whose memory coro_try_box takes */
  uint32_t cancelling; /* 1 while a task is resumed to be cancelled, else 0 */
} coro_context;

#define CORO_CONTEXT_INIT {{&coro_waker_noop, 0}, 0, 0, 0, 0, 0}

/*
 * For whoever resumes a task that never waits: it wakes nobody and offers
 * coro_allocator_default alone. Read-only; any thread may use it at any time.
 */
extern const coro_context coro_context_idle;
/* The same to cancel one. */
extern const coro_context coro_context_idle_cancel;

static inline void coro_wake(coro_waker waker) { waker.ops->wake(waker.data); }

#ifdef __cplusplus
}
#endif

#endif
