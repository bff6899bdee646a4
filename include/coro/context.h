/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A context is what a poll brings along: how to be woken, and the capabilities
 * the running task may use. A task sees it with coro_self().
 */
#ifndef CORO_CONTEXT_H
#define CORO_CONTEXT_H

#include <coro/abi.h>
#include <coro/allocator.h>
#include <coro/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct coro_executor;
struct coro_reactor;
struct coro_timers;

/*
 * What is left to do where something was woken and a thread that sleeps was not
 * told of it: tell(who), soon, and once. tell is NULL where nothing is left.
 */
typedef struct coro_untold {
  void (*tell)(void *who);
  void *who;
} coro_untold;

/*
 * What a waker does. Each may be called any number of times. The table outlives
 * every waker that names it.
 */
typedef struct coro_waker_ops {
  /*
   * Have the task polled again, once the poll that is running ends, if one is.
   * Not in here: who wakes may be in the middle of something, and hold a lock.
   * From any thread and from signal handlers.
   */
  void (*wake)(void *data);
  /*
   * The same from the thread that polls the task, and not from a signal
   * handler: needs no atomic operation. NULL where there is nothing to save:
   * `wake` is called instead.
   */
  void (*wake_local)(void *data);
  /*
   * As wake, for those who hold a lock that the woken task is going to take:
   * they tell the thread when the lock is free. The task may have gone on by
   * itself by then, and be done. NULL: `wake` is called instead.
   */
  coro_untold (*wake_untold)(void *data);
} coro_waker_ops;

/*
 * Two words, copied freely. Good as long as the storage of what it wakes: also
 * when the task is done, and then it does nothing. That storage is
 * - a coro_job, a coro_slot, or the storage given to coro_spawn_in: while its
 *   owner keeps it;
 * - a task spawned into memory: until coro_detach, or its end where that came
 *   first;
 * - a slot of a closed set: until the set's fini, whatever runs in it by then;
 * - of coro_block_on: until that returns.
 * Who keeps one longer must have been told to let go: in a cleanup, say, of the
 * function that waits.
 */
typedef struct coro_waker {
  const coro_waker_ops *ops;
  void *data; /* passed to the operations; may be NULL */
} coro_waker;

/* The waker that does nothing: for whoever polls again anyway. */
extern const coro_waker_ops coro_waker_noop;

/*
 * Borrowed by a poll, for that poll: a pointer got from coro_self() is good
 * until the next suspension. Whoever is polled or cancelled leaves the waker
 * that it found: it may set another one for what it polls itself, and puts the
 * first one back before it returns. The compiler relies on both.
 *
 * All but the waker are capabilities: interfaces of which an executor offers
 * what it has, NULL where it has none. A function that wants one says in its
 * own documentation what it does without. docs/language/capabilities.md tells
 * who may call what from where.
 */
typedef struct coro_context {
  coro_waker waker;
  struct coro_executor *executor;     /* the generic one, where it polls */
  struct coro_reactor *reactor;       /* who watches file descriptors */
  struct coro_timers *timers;         /* who watches the clock */
  coro_allocator *allocator;          /* whose memory coro_try_box takes */
  struct coro_spawner *spawner;       /* who takes more tasks, this thread's */
  struct coro_sender *sender;         /* who takes tasks for any thread */
  struct coro_offloader *offloader;   /* who runs what blocks */
  struct coro_completion *completion; /* who performs operations */
  uint32_t cancelling; /* 1 while a task is resumed to be cancelled, else 0 */
  uint32_t fuel;       /* operations this poll has left: see coro_spend */
} coro_context;

/* As coro_context.fuel: no limit, and nobody counts. */
#define CORO_FUEL_UNLIMITED UINT32_MAX

#define CORO_CONTEXT_INIT                                                      \
  {{&coro_waker_noop, 0}, 0, 0, 0, 0, 0, 0, 0, 0, 0, CORO_FUEL_UNLIMITED}

/*
 * 0; or CORO_UNKNOWN_VERSION where a capability's table has version 0, so that
 * nobody set it, or one that is newer than this runtime, which would not do
 * what the table expects. Executors ask before they run, see
 * coro_executor_check; who polls with a context of his own may ask, too.
 */
int coro_context_check(const coro_context *cx);

/* The same for the version of one table. */
static inline int coro_version_check(uint32_t version) {
  return version - 1 < CORO_CAPABILITY_VERSION ? 0 : CORO_UNKNOWN_VERSION;
}

/*
 * For whoever resumes a task that never waits: it wakes nobody and offers
 * coro_allocator_default alone. Read-only; any thread may use it at any time.
 */
extern const coro_context coro_context_idle;
/* The same to cancel one. */
extern const coro_context coro_context_idle_cancel;

static inline void coro_wake(coro_waker waker) { waker.ops->wake(waker.data); }

/* From the thread that polls the task, and not from a signal handler. */
static inline void coro_wake_local(coro_waker waker) {
  (waker.ops->wake_local ? waker.ops->wake_local : waker.ops->wake)(waker.data);
}

/* From any thread or signal handler; the rest is the caller's, soon. */
static inline coro_untold coro_wake_untold(coro_waker waker) {
  coro_untold nothing = {0, 0};
  if (waker.ops->wake_untold)
    return waker.ops->wake_untold(waker.data);
  waker.ops->wake(waker.data);
  return nothing;
}

static inline void coro_tell(coro_untold untold) {
  if (untold.tell)
    untold.tell(untold.who);
}

/*
 * For operations that may never have to wait, such as reading a socket whose
 * sender is faster than we are: false after many of them in one poll, and then
 * the task should coro_yield_now(). Costs a decrement and one comparison, which
 * tells both no fuel and no limit from all else.
 */
static inline int coro_spend(coro_context *cx) {
  uint32_t left = cx->fuel - 1;
  if (__builtin_expect(left >= CORO_FUEL_UNLIMITED - 1, 0))
    return left == CORO_FUEL_UNLIMITED - 1;
  cx->fuel = left;
  return 1;
}

/*
 * The same for the poll function of a future that may be done at once. Without
 * fuel it wakes the task, so that the future says CORO_PENDING, once, and goes
 * on in the next poll.
 */
static inline int coro_spend_or_wake(coro_context *cx) {
  if (coro_spend(cx))
    return 1;
  coro_wake_local(cx->waker);
  return 0;
}

#ifdef __cplusplus
}
#endif

#endif
