// The oneshot, over executors and sanitizers: see matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 200
// RUN: %corocc %cflags -O2 %s -o %t && %t 1000
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 50
#include "matrix.h"

static coro_oneshot oneshot[2];
static int slots[2];

static void begin(void) {
  for (int i = 0; i < 2; i++)
    if (between_threads())
      coro_oneshot_init_shared(&oneshot[i], &slots[i], sizeof(int));
    else
      coro_oneshot_init(&oneshot[i], &slots[i], sizeof(int));
}
static void end(void) {
  CHECK(!oneshot[0].queue.first && !oneshot[1].queue.first);
}

/* Tasks 0 and 1 send, after a while; 2 receives from 0, 3 from 1. */
static yields void send_late(int n, int value) {
  yield_times(3);
  CHECK(coro_oneshot_send(&oneshot[n], &value) == 0);
}

static yields void waits(int n) {
  int value = 0;
  if (n < 2) {
    send_late(n, 7);
    return;
  }
  CHECK(coro_oneshot_receive(&oneshot[n - 2], &value) == 0 && value == 7);
}

static yields void tries(int n) {
  int value = 0, status;
  if (n < 2) {
    send_late(n, 7);
    return;
  }
  while ((status = coro_oneshot_try_receive(&oneshot[n - 2], &value)))
    coro_yield_now();
  CHECK(value == 7);
}

static yields void waits_in_time(int n) {
  int value = 0;
  if (n < 2) {
    send_late(n, 7);
    return;
  }
  CHECK(coro_oneshot_receive_for(&oneshot[n - 2], &value, LONG) == 0);
  CHECK(value == 7);
}

static yields void waits_too_long(int n) {
  int value = 0;
  if (n < 2)
    return;
  CHECK(coro_oneshot_receive_for(&oneshot[n - 2], &value, CORO_MICROSECOND) ==
        CORO_TIMED_OUT);
  coro_oneshot_op op;
  coro_oneshot_op_init(&op, &oneshot[n - 2], &value);
  CHECK(!coro_timeout(CORO_MICROSECOND, &op));
}

static yields void hears_that_none_comes(int n) {
  int value = 0;
  if (n < 2) {
    yield_times(n);
    coro_oneshot_close(&oneshot[n]);
    return;
  }
  CHECK(coro_oneshot_receive(&oneshot[n - 2], &value) == CORO_CLOSED);
}

static yields void receive(int n) {
  int value = 0;
  CHECK(coro_oneshot_receive(&oneshot[n], &value) == 0 && value == 7);
}
/* Who was cancelled has not taken it: it comes to the next. */
static yields void is_cancelled_at_any_time(int n) {
  if (n < 2) {
    send_late(n, 7);
    return;
  }
  coro_task(receive) receives;
  for (int i = 0;; i++) {
    coro_task(yield_times) others;
    coro_start(&receives, receive, n - 2);
    coro_start(&others, yield_times, i % 3);
    if (coro_race(&receives, &others) == 0)
      break;
  }
}

static yields void is_an_arm(int n) {
  int value[2] = {0, 0};
  if (n < 2) {
    send_late(n, 7);
    return;
  }
  if (n == 3)
    return;
  coro_oneshot_op ops[2];
  coro_oneshot_op_init(&ops[0], &oneshot[0], &value[0]);
  coro_oneshot_op_init(&ops[1], &oneshot[1], &value[1]);
  int which = coro_race(&ops[0], &ops[1]);
  CHECK(value[which] == 7);
  CHECK(coro_oneshot_receive(&oneshot[!which], &value[!which]) == 0);
}

#define CASES(X)                                                               \
  X(waits, EVERYWHERE)                                                         \
  X(tries, EVERYWHERE)                                                         \
  X(waits_in_time, EVERYWHERE)                                                 \
  X(waits_too_long, EVERYWHERE)                                                \
  X(hears_that_none_comes, EVERYWHERE)                                         \
  X(is_cancelled_at_any_time, EVERYWHERE) X(is_an_arm, EVERYWHERE)
#include "run.h"
