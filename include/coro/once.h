/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What is to be done once. The first who comes does it, and others wait until
 * it is done. Where that fails, or is cancelled, the next one does it. Local or
 * shared as coro_mutex. Its storage may go once all calls with it have
 * returned.
 */
#ifndef CORO_ONCE_H
#define CORO_ONCE_H

#include <coro/try_first.h>
#include <coro/wait.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Opaque: the members belong to the runtime. */
typedef struct coro_once {
  coro_wait_queue queue;
  uint32_t state; /* atomic, where shared; changes under the queue's lock */
} coro_once;

#define CORO_ONCE_INIT {CORO_WAIT_QUEUE_INIT, 0}
#define CORO_ONCE_SHARED_INIT {CORO_WAIT_QUEUE_SHARED_INIT, 0}

/* What those below say to who is to do it. */
enum { CORO_ONCE_DONE = 0, CORO_ONCE_YOURS = 1 };

/* For the runtime: what `state` is. */
enum { CORO_ONCE_WAS_DONE = 2 };

/* True once it was done; what that wrote is then seen. */
static inline bool coro_once_is_done(const coro_once *once) {
  return __atomic_load_n(&once->state, __ATOMIC_ACQUIRE) == CORO_ONCE_WAS_DONE;
}

/* CORO_ONCE_DONE, CORO_ONCE_YOURS, or CORO_BUSY: somebody does it. Never
 * waits. */
int coro_once_try_begin(coro_once *once);

/* Who was told CORO_ONCE_YOURS has done it, and all go on; or has not, and the
 * next one who waits or comes is told so. Traps where nobody does it. Never
 * waits. */
void coro_once_end(coro_once *once, bool done);

/* Waiting to be told, as a future, as coro_mutex_lock_op: then
 * op.waiter.result. */
typedef struct coro_once_op {
  coro_waiter waiter;
} coro_once_op;

void coro_once_op_init(coro_once_op *op, coro_once *once);

#ifdef CORO_HAS_EFFECTS

/* CORO_ONCE_DONE, or CORO_ONCE_YOURS: do it, then coro_once_end, also where
 * the task is cancelled. Waits while somebody else does it. */
CORO_TRIES_FIRST int coro_once_begin(coro_once *once) CORO_TRIES_FRAME(96);

/* The same, or CORO_TIMED_OUT, as coro_mutex_lock_for. */
CORO_CANCEL_SAFE CORO_YIELDS int coro_once_begin_for(coro_once *once,
                                                     uint64_t ns)
    CORO_FRAME(144);

#ifdef CORO_TRIES_HERE
/* Where it is not done, or no fuel is left. */
CORO_CANCEL_SAFE CORO_YIELDS int coro_once_begin_wait(coro_once *once)
    CORO_FRAME(80);

CORO_TRIES_FIRST int coro_once_begin(coro_once *once) {
  if (CORO_TRIED(coro_once_is_done(once)))
    return CORO_ONCE_DONE;
  return coro_once_begin_wait(once);
}
#endif

/* For the macro: whoever leaves without having done it. */
static inline void coro_once_leave(coro_once **mine) {
  if (*mine)
    coro_once_end(*mine, false);
}

/*
 * Has f(args...) run once, here or in another task: 0 when that was done, or
 * what f returned here where that is not 0, which is a failure. Where f raises,
 * or the task is cancelled in it, it has failed as well. f may yield or not.
 * For functions that yield.
 */
#define coro_once_run(once, f, ...)                                            \
  (__extension__({                                                             \
    coro_once *__coro_once = (once);                                           \
    int __coro_error = 0;                                                      \
    if (coro_once_begin(__coro_once)) {                                        \
      __attribute__((cleanup(coro_once_leave))) coro_once *__coro_mine =       \
          __coro_once;                                                         \
      __coro_error = (f)(__VA_ARGS__);                                         \
      if (!__coro_error) {                                                     \
        __coro_mine = 0;                                                       \
        coro_once_end(__coro_once, true);                                      \
      }                                                                        \
    }                                                                          \
    __coro_error;                                                              \
  }))

#endif

#ifdef __cplusplus
}
#endif

#endif
