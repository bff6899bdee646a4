// Broadcast: who subscribed sees all that is sent from then on, in order; who
// is slow misses the oldest and is told how many; cancelled, it received
// nothing. Between threads each sees an ascending sequence whose gaps are what
// is counted.
// RUN: %clang %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %clang %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t && %t
#include "../check.h"

#include <coro/broadcast.h>
#include <pthread.h>

enum { ROOM = 4, VALUES = 3000, READERS = 3 };

static int wakes;
static void count(void *data) { (void)data, wakes++; }
static const coro_waker_ops counts = {.wake = count};

static int buffer[ROOM];
static coro_broadcast news;

static void send(int value) { CHECK(coro_broadcast_send(&news, &value) == 0); }

static void expect(coro_subscription *from, int result, int value) {
  int got = -1;
  CHECK(coro_broadcast_try_receive(from, &got) == result && got == value);
}

static void one_thread(void) {
  coro_subscription early, late;
  coro_broadcast_init(&news, buffer, ROOM, sizeof(int));
  coro_subscribe(&early, &news);
  expect(&early, CORO_BUSY, -1);
  send(1);
  coro_subscribe(&late, &news);
  send(2);
  expect(&early, 0, 1);
  expect(&late, 0, 2);
  expect(&late, CORO_BUSY, -1);
  for (int i = 3; i <= 6; i++)
    send(i);
  coro_subscription copy = late;
  expect(&late, 0, 3);
  expect(&early, 1, 3);
  send(7);
  expect(&copy, 1, 4);
  coro_broadcast_close(&news);
  int value = 8;
  CHECK(coro_broadcast_send(&news, &value) == CORO_CLOSED);
  for (int i = 4; i <= 7; i++)
    expect(&late, 0, i);
  expect(&late, CORO_CLOSED, -1);
}

static void waiting(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  cx.waker.ops = &counts;
  coro_subscription at[2];
  coro_broadcast_op ops[2];
  int got[2] = {-1, -1};
  coro_broadcast_init(&news, buffer, ROOM, sizeof(int));
  for (int i = 0; i < 2; i++) {
    coro_subscribe(&at[i], &news);
    coro_broadcast_op_init(&ops[i], &at[i], &got[i]);
    CHECK(ops[i].waiter.future.poll(&ops[i].waiter.future, &cx) ==
          CORO_PENDING);
  }
  for (int i = 1; i <= ROOM + 1; i++)
    send(i);
  CHECK(wakes == 2 && got[0] == -1);
  CHECK(ops[0].waiter.future.poll(&ops[0].waiter.future, &cx) == CORO_DONE);
  CHECK(ops[0].waiter.result == 1 && got[0] == 2);
  coro_future_cancel(&ops[1].waiter.future, &cx);
  CHECK(ops[1].waiter.result == CORO_BUSY && got[1] == -1);
  expect(&at[1], 1, 2);
  coro_broadcast_op_init(&ops[1], &at[1], &got[1]);
  CHECK(ops[1].waiter.future.poll(&ops[1].waiter.future, &cx) == CORO_DONE);
  CHECK(got[1] == 3);
  /* Of those that wait one goes away; closing wakes the other. */
  for (int i = 0; i < 2; i++) {
    at[i].next = news.sent;
    coro_broadcast_op_init(&ops[i], &at[i], &got[i]);
    CHECK(ops[i].waiter.future.poll(&ops[i].waiter.future, &cx) ==
          CORO_PENDING);
  }
  coro_future_cancel(&ops[0].waiter.future, &cx);
  coro_broadcast_close(&news);
  CHECK(wakes == 3);
  CHECK(ops[1].waiter.future.poll(&ops[1].waiter.future, &cx) == CORO_DONE);
  CHECK(ops[1].waiter.result == CORO_CLOSED);
}

static void *read_all(void *data) {
  coro_subscription *from = data;
  for (int expected = 0;;) {
    int got = -1;
    coro_broadcast_op op;
    coro_broadcast_op_init(&op, from, &got);
    CHECK(coro_block_on_future(&op.waiter.future) == CORO_DONE);
    if (op.waiter.result == CORO_CLOSED) {
      CHECK(expected == VALUES);
      return NULL;
    }
    CHECK(op.waiter.result >= 0 && got == expected + op.waiter.result);
    expected = got + 1;
  }
}

static void threads(void) {
  pthread_t readers[READERS];
  coro_subscription at[READERS];
  coro_broadcast_init_shared(&news, buffer, ROOM, sizeof(int));
  for (int i = 0; i < READERS; i++) {
    coro_subscribe(&at[i], &news);
    pthread_create(&readers[i], NULL, read_all, &at[i]);
  }
  for (int i = 0; i < VALUES; i++)
    send(i);
  coro_broadcast_close(&news);
  for (int i = 0; i < READERS; i++)
    pthread_join(readers[i], NULL);
}

int main(void) {
  one_thread();
  waiting();
  threads();
}
