// The broadcast, over executors and sanitizers: see matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 200
// RUN: %corocc %cflags -O2 %s -o %t && %t 1000
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 50
#include "matrix.h"

static coro_broadcast broadcast;
static int buffer[4];

static void begin(void) {
  if (between_threads())
    coro_broadcast_init_shared(&broadcast, buffer, 4, sizeof(int));
  else
    coro_broadcast_init(&broadcast, buffer, 4, sizeof(int));
}
static void end(void) { CHECK(!broadcast.queue.first); }

/* Task 0 sends, once the others have subscribed. */
static yields void send_all(void) {
  coro_event_wait(&first);
  for (int i = 0; i < rounds; i++) {
    coro_broadcast_send(&broadcast, &i);
    if (i % 3 == 0)
      coro_yield_now();
  }
  coro_broadcast_close(&broadcast);
}
static void subscribe(coro_subscription *to) {
  coro_subscribe(to, &broadcast);
  arrive(&first, TASKS - 1);
}

/* What the status says of one receive: values that are accounted for. */
static int count(int status, int value, int expected) {
  CHECK(status >= 0 && value == expected + status);
  return status + 1;
}

static yields void waits(int n) {
  if (n == 0) {
    send_all();
    return;
  }
  coro_subscription to;
  subscribe(&to);
  int seen = 0, value = 0, status;
  while ((status = coro_broadcast_receive(&to, &value)) >= 0)
    seen += count(status, value, seen);
  CHECK(status == CORO_CLOSED && seen == rounds);
}

static yields void tries(int n) {
  if (n == 0) {
    send_all();
    return;
  }
  coro_subscription to;
  subscribe(&to);
  int seen = 0, value = 0, status;
  while ((status = coro_broadcast_try_receive(&to, &value)) != CORO_CLOSED) {
    if (status < 0)
      coro_yield_now();
    else
      seen += count(status, value, seen);
  }
  CHECK(seen == rounds);
}

static yields void waits_in_time(int n) {
  if (n == 0) {
    send_all();
    return;
  }
  coro_subscription to;
  subscribe(&to);
  int seen = 0, value = 0, status;
  while ((status = coro_broadcast_receive_for(&to, &value, LONG)) >= 0)
    seen += count(status, value, seen);
  CHECK(status == CORO_CLOSED && seen == rounds);
}

static yields void waits_too_long(int n) {
  coro_subscription to;
  coro_subscribe(&to, &broadcast);
  int value = 0;
  CHECK(coro_broadcast_receive_for(&to, &value, n * CORO_MICROSECOND) ==
        CORO_TIMED_OUT);
  coro_broadcast_op op;
  coro_broadcast_op_init(&op, &to, &value);
  CHECK(!coro_timeout(CORO_MICROSECOND, &op));
}

/* Who was cancelled has not received. */
static yields int receive(coro_subscription *to, int *value) {
  return coro_broadcast_receive(to, value);
}
static yields void is_cancelled_at_any_time(int n) {
  if (n == 0) {
    send_all();
    return;
  }
  coro_subscription to;
  subscribe(&to);
  for (int seen = 0, i = 0; seen < rounds; i++) {
    int value = 0;
    coro_task(receive) receives;
    coro_task(yield_times) others;
    coro_start(&receives, receive, &to, &value);
    coro_start(&others, yield_times, i % 3);
    if (coro_race(&receives, &others) == 0)
      seen += count(receives.result, value, seen);
  }
}

static yields void is_an_arm(int n) {
  if (n == 0) {
    send_all();
    return;
  }
  coro_subscription to;
  subscribe(&to);
  for (uint64_t seen = 0; seen < (uint64_t)rounds;) {
    int value = -1;
    coro_broadcast_op op;
    coro_event_wait_op other;
    coro_broadcast_op_init(&op, &to, &value);
    coro_event_wait_op_init(&other, &second);
    CHECK(coro_race(&other, &op) == 1);
    CHECK(to.next > seen && value == (int)to.next - 1);
    seen = to.next;
  }
}

#define CASES(X)                                                               \
  X(waits, EVERYWHERE)                                                         \
  X(tries, EVERYWHERE)                                                         \
  X(waits_in_time, EVERYWHERE)                                                 \
  X(waits_too_long, EVERYWHERE)                                                \
  X(is_cancelled_at_any_time, EVERYWHERE) X(is_an_arm, EVERYWHERE)
#include "run.h"
