// The levels of levels.h with raises(int).
#include "levels.h"
#include <coro/coro.h>

static inline void leave(const int *level) { open_at[*level]--; }

#define NOTHING(level)
#define A_CLEANUP(number)                                                      \
  __attribute__((cleanup(leave))) int level = number;                          \
  open_at[number]++;

#define LEVEL(name, level, below, effects, guard)                              \
  APART effects static int name##level(int n) {                                \
    guard(level) return name##below(n) + 1;                                    \
  }

#define CHAIN(name, effects, guard, wait)                                      \
  APART effects static int name##1(int n) {                                    \
    guard(1) wait if (n < 0) coro_raise(-n);                                   \
    return n;                                                                  \
  }                                                                            \
  EACH_LEVEL(LEVEL, name, effects, guard)

// An ordinary function reads something, so that no call can be left out.
#define LOOK (void)never;
#define ORDINARY(name, guard)                                                  \
  CHAIN(name, raises(int), guard, LOOK)                                        \
  static long name##_run(int n, int count) {                                   \
    long sum = 0;                                                              \
    for (int i = 0; i < count; i++) {                                          \
      coro_try { sum += name##20(n); }                                         \
      coro_catch(int, e) { sum += e; }                                         \
    }                                                                          \
    return sum;                                                                \
  }

#define MAY_WAIT                                                               \
  if (__builtin_expect(never, 0))                                              \
    coro_suspend();
#define WAIT coro_suspend();
#define TASKS(name, guard, wait)                                               \
  CHAIN(name, yields raises(int), guard, wait)                                 \
  static long name##_run(int n, int count) {                                   \
    static coro_task(name##20) task;                                           \
    coro_context cx = CORO_CONTEXT_INIT;                                       \
    long sum = 0;                                                              \
    for (int i = 0; i < count; i++) {                                          \
      coro_status status;                                                      \
      coro_start(&task, name##20, n);                                          \
      while ((status = coro_poll(&task, &cx)) == CORO_PENDING)                 \
        ;                                                                      \
      sum += status == CORO_RAISED ? task.error : task.result;                 \
    }                                                                          \
    return sum;                                                                \
  }

ORDINARY(call, NOTHING)
ORDINARY(closing_call, A_CLEANUP)
TASKS(ready, NOTHING, MAY_WAIT)
TASKS(closing_ready, A_CLEANUP, MAY_WAIT)
TASKS(waiting, NOTHING, WAIT)
TASKS(closing_waiting, A_CLEANUP, WAIT)

chain *const raising_calls[KINDS] = {call_run, closing_call_run};
chain *const raising_ready[KINDS] = {ready_run, closing_ready_run};
chain *const raising_waits[KINDS] = {waiting_run, closing_waiting_run};
