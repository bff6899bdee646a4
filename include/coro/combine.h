/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Waiting for several things at once. Each of these is a waiting call, for
 * functions that yield, and allocates nothing. What it waits for (its arms) are
 * addresses: of tasks that were started, of structs whose first member is a
 * coro_future, of coro_any_tasks; any mix of them, any number.
 *
 * Each time the function is polled, the arms that are not done are polled in
 * the order in which they are written. An arm that is done already counts.
 */
#ifndef CORO_COMBINE_H
#define CORO_COMBINE_H

#include <coro/future.h>
#include <coro/task.h>
#include <coro/time.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What coro_timeout waits for beside the task, and coro_sleep alone, in the
 * frame of the function that calls it. Opaque: the members belong to the
 * runtime.
 */
typedef struct coro_alarm {
  coro_timer timer;
  coro_timers *timers;
} coro_alarm;

/* Rings ns from now. Called by what coro_timeout is compiled to, as is poll. */
void coro_alarm_set(coro_alarm *alarm, uint64_t ns, coro_context *cx);
/* CORO_DONE once it rang. */
coro_status coro_alarm_poll(coro_alarm *alarm, coro_context *cx);
/* It will not ring any more. */
void coro_alarm_clear(coro_alarm *alarm);

#ifdef __cplusplus
}
#endif

struct coro_shared;
struct coro_spawned;
struct coro_sent;
struct coro_child;

#ifdef CORO_HAS_EFFECTS
#ifdef CORO_ERASE_EFFECTS

/*
 * There are no tasks in this mode; a future is polled until it is done, or is
 * cancelled when its time is over. What is known to be shared any number of
 * threads wait for: see shared.h, which has the functions for both.
 */
#define CORO_BY_ARM(arm, shared, plain)                                        \
  _Generic((arm),                                                              \
      struct coro_shared *: shared,                                            \
      struct coro_spawned *: shared,                                           \
      struct coro_sent *: shared,                                              \
      struct coro_child *: shared,                                             \
      default: plain)
#define coro_wait(...)                                                         \
  CORO_BY_ARM((__VA_ARGS__), coro_block_on_shared, coro_block_on_future)       \
  ((void *)(__VA_ARGS__))
#define coro_timeout(ns, ...)                                                  \
  CORO_BY_ARM((__VA_ARGS__), coro_shared_in_time, coro_future_in_time)         \
  ((void *)(__VA_ARGS__), (ns))

#else

/* Markers, as in task.h. The arms are the variable arguments. */
CORO_YIELDS coro_status __coro_wait(int, ...);
CORO_YIELDS void __coro_join(int, ...);
CORO_YIELDS int __coro_any(int, ...);
CORO_YIELDS int __coro_race(int, ...);
CORO_YIELDS int __coro_timeout(coro_alarm *alarm, uint64_t ns, ...);
__attribute__((const)) void *__coro_any_arm(void *task);

/* Waits for one: the status it ended with. (Variadic for the commas of a
 * compound literal.) */
#define coro_wait(...) __coro_wait(0, __VA_ARGS__)

/* Runs them all, until each is done. */
#define coro_join(...) __coro_join(0, __VA_ARGS__)

/*
 * Runs them until one is done: its index, counted from 0. If several are, it is
 * the first of them. The others stay as they are, to be waited for again.
 */
#define coro_any(...) __coro_any(0, __VA_ARGS__)

/* As coro_any, for when nobody wants the others any more. */
#define coro_race(...) __coro_race(0, __VA_ARGS__)

/*
 * Runs one for ns nanoseconds at most: true if it was done in time. Where the
 * context has no timers that is true of what is done at once, and everything is
 * in time for CORO_FOREVER: a program that has to tell looks at
 * coro_self()->timers.
 */
#define coro_timeout(ns, ...)                                                  \
  (__extension__({                                                             \
    __attribute__((cleanup(coro_alarm_clear))) coro_alarm __coro_alarm;        \
    __coro_alarm.timers = 0;                                                   \
    __coro_timeout(&__coro_alarm, (ns), __VA_ARGS__) == 0;                     \
  }))

#endif
#endif

#endif
