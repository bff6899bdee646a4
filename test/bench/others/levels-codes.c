// The levels of levels.h with error codes, as one writes them in C: an int that
// is returned, the value through a pointer; and both in a struct.
#include "levels.h"
#include <coro/coro.h>

#define NOTHING(level)
#define OPEN(level) open_at[level]++;
#define CLOSE(level) open_at[level]--;

#define CODE_LEVEL(name, level, below, effects, open, close)                   \
  APART effects static int name##level(int n, int *result) {                   \
    open(level) int got;                                                       \
    int error = name##below(n, &got);                                          \
    close(level) if (error) return error;                                      \
    *result = got + 1;                                                         \
    return 0;                                                                  \
  }
#define CODE_CHAIN(name, effects, open, close, wait)                           \
  APART effects static int name##1(int n, int *result) {                       \
    open(1) wait close(1) if (n < 0) return -n;                                \
    *result = n;                                                               \
    return 0;                                                                  \
  }                                                                            \
  EACH_LEVEL(CODE_LEVEL, name, effects, open, close)

struct pair {
  int value, error;
};
#define PAIR_LEVEL(name, level, below, effects, open, close)                   \
  APART effects static struct pair name##level(int n) {                        \
    open(level) struct pair got = name##below(n);                              \
    close(level) if (got.error) return got;                                    \
    return (struct pair){got.value + 1, 0};                                    \
  }
#define PAIR_CHAIN(name, effects, open, close, wait)                           \
  APART effects static struct pair name##1(int n) {                            \
    open(1) wait close(1) if (n < 0) return (struct pair){0, -n};              \
    return (struct pair){n, 0};                                                \
  }                                                                            \
  EACH_LEVEL(PAIR_LEVEL, name, effects, open, close)

#define LOOK (void)never;
#define CODES(name, open, close)                                               \
  CODE_CHAIN(name, , open, close, LOOK)                                        \
  static long name##_run(int n, int count) {                                   \
    long sum = 0;                                                              \
    for (int i = 0; i < count; i++) {                                          \
      int result, error = name##20(n, &result);                                \
      sum += error ? error : result;                                           \
    }                                                                          \
    return sum;                                                                \
  }
#define PAIRS(name, open, close)                                               \
  PAIR_CHAIN(name, , open, close, LOOK)                                        \
  static long name##_run(int n, int count) {                                   \
    long sum = 0;                                                              \
    for (int i = 0; i < count; i++) {                                          \
      struct pair got = name##20(n);                                           \
      sum += got.error ? got.error : got.value;                                \
    }                                                                          \
    return sum;                                                                \
  }

#define MAY_WAIT                                                               \
  if (__builtin_expect(never, 0))                                              \
    coro_suspend();
#define WAIT coro_suspend();
#define CODE_TASKS(name, open, close, wait)                                    \
  CODE_CHAIN(name, yields, open, close, wait)                                  \
  static long name##_run(int n, int count) {                                   \
    static coro_task(name##20) task;                                           \
    coro_context cx = CORO_CONTEXT_INIT;                                       \
    long sum = 0;                                                              \
    for (int i = 0; i < count; i++) {                                          \
      int result;                                                              \
      coro_start(&task, name##20, n, &result);                                 \
      while (coro_poll(&task, &cx) == CORO_PENDING)                            \
        ;                                                                      \
      sum += task.result ? task.result : result;                               \
    }                                                                          \
    return sum;                                                                \
  }
#define PAIR_TASKS(name, open, close, wait)                                    \
  PAIR_CHAIN(name, yields, open, close, wait)                                  \
  static long name##_run(int n, int count) {                                   \
    static coro_task(name##20) task;                                           \
    coro_context cx = CORO_CONTEXT_INIT;                                       \
    long sum = 0;                                                              \
    for (int i = 0; i < count; i++) {                                          \
      coro_start(&task, name##20, n);                                          \
      while (coro_poll(&task, &cx) == CORO_PENDING)                            \
        ;                                                                      \
      sum += task.result.error ? task.result.error : task.result.value;        \
    }                                                                          \
    return sum;                                                                \
  }

CODES(code_call, NOTHING, NOTHING)
CODES(code_closing_call, OPEN, CLOSE)
CODE_TASKS(code_ready, NOTHING, NOTHING, MAY_WAIT)
CODE_TASKS(code_closing_ready, OPEN, CLOSE, MAY_WAIT)
CODE_TASKS(code_waiting, NOTHING, NOTHING, WAIT)
CODE_TASKS(code_closing_waiting, OPEN, CLOSE, WAIT)

PAIRS(pair_call, NOTHING, NOTHING)
PAIRS(pair_closing_call, OPEN, CLOSE)
PAIR_TASKS(pair_ready, NOTHING, NOTHING, MAY_WAIT)
PAIR_TASKS(pair_closing_ready, OPEN, CLOSE, MAY_WAIT)
PAIR_TASKS(pair_waiting, NOTHING, NOTHING, WAIT)
PAIR_TASKS(pair_closing_waiting, OPEN, CLOSE, WAIT)

chain *const code_calls[KINDS] = {code_call_run, code_closing_call_run};
chain *const code_ready[KINDS] = {code_ready_run, code_closing_ready_run};
chain *const code_waits[KINDS] = {code_waiting_run, code_closing_waiting_run};
chain *const pair_calls[KINDS] = {pair_call_run, pair_closing_call_run};
chain *const pair_ready[KINDS] = {pair_ready_run, pair_closing_ready_run};
chain *const pair_waits[KINDS] = {pair_waiting_run, pair_closing_waiting_run};
