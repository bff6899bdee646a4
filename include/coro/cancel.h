/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Cancelling: a task that nobody wants any more is ended from where it is
 * suspended. Its cleanups run, the innermost first, as if the function had been
 * left there; they may themselves wait. See docs/language/cancelling.md.
 */
#ifndef CORO_CANCEL_H
#define CORO_CANCEL_H

#include <coro/combine.h>
#include <coro/raise.h>

#ifdef CORO_HAS_EFFECTS
#ifdef CORO_ERASE_EFFECTS

#define coro_cancelled() ((_Bool)0)
#define coro_shield

#else

/* Markers, as in task.h. */
CORO_YIELDS coro_status __coro_cancel(int, ...);
coro_status __coro_cancel_now(void *frame);
void __coro_request_cancel(void *frame);
__attribute__((nothrow)) void *__coro_task_enter(void *frame, uint64_t count,
                                                 uint64_t size);
__attribute__((nothrow)) void __coro_task_leave(void *guard);
__attribute__((nothrow)) int __coro_shield(void *);
__attribute__((nothrow)) void __coro_shield_open(int number);
__attribute__((nothrow)) void __coro_shield_begin(int *guard);
__attribute__((nothrow)) void __coro_shield_end(int *guard);

/*
 * Ends tasks, and waits for their cleanups: the arms are those of coro_join. Of
 * one that is over, was cancelled before, or never ran, nothing runs. Its value
 * is how the last one ended: CORO_CANCELLED; or CORO_DONE or CORO_RAISED, if it
 * was over before, or what it did in a coro_shield was all there was to do. For
 * functions that yield.
 */
#define coro_cancel(...) __coro_cancel(0, __VA_ARGS__)

/*
 * The same from plain C, without waiting. An error where a cleanup of the
 * task's function, or of one that it calls, may wait.
 */
#define coro_cancel_now(task) __coro_cancel_now((task)->coro_frame_bytes)

/*
 * Asks for it, from plain C: runs nothing. The polls to come cancel the task,
 * and the last of them says CORO_CANCELLED. Not from another thread than the
 * one that polls.
 */
#define coro_request_cancel(task)                                              \
  __coro_request_cancel((task)->coro_frame_bytes)

/*
 * True where this runs because the task is being cancelled: in a cleanup, or
 * behind a suspension in a coro_shield. For functions that yield.
 */
#define coro_cancelled() ((_Bool)(coro_self()->cancelling != 0))

/*
 * coro_shield statement: suspensions in it are not ended by cancelling; the
 * task is cancelled at the first one behind it. Cleanups are shielded anyway.
 * break, continue, return, goto and errors leave it as any other statement.
 */
#define coro_shield                                                            \
  CORO_PRAGMA(clang diagnostic push)                                           \
  CORO_PRAGMA(clang diagnostic ignored "-Wdangling-else")                      \
  if (!__coro_shield((void *)0))                                               \
    __builtin_unreachable();                                                   \
  else                                                                         \
    CORO_PRAGMA(clang diagnostic pop)

#endif
#endif

#endif
