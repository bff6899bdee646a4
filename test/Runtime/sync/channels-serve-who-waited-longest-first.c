// By hand: turns are granted in the order of waiting, on both sides, and what a
// cancelled one had goes to the next; nobody overtakes; closing leaves values
// to those that wait for them; a poll without fuel gives way.
// RUN: %clang %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/channel.h>

enum { COUNT = 4 };

static coro_channel_of(int, 2) two;
static coro_channel_of(int, 0) none;

static int woken[COUNT], got[COUNT], given[COUNT];
static coro_send_op sends[COUNT];
static coro_receive_op receives[COUNT];

static void wake(void *data) { (*(int *)data)++; }
static const coro_waker_ops wakes = {.wake = wake};

static coro_status poll(coro_waiter *waiter, int number) {
  coro_context cx = CORO_CONTEXT_INIT;
  cx.waker = (coro_waker){&wakes, &woken[number]};
  return waiter->future.poll(&waiter->future, &cx);
}

static void cancel(coro_waiter *waiter) {
  coro_context cx = CORO_CONTEXT_INIT;
  CHECK(coro_future_cancel(&waiter->future, &cx) == CORO_CANCELLED);
  CHECK(waiter->result == CORO_BUSY);
}

/* All of them wait; value number i is i + 1. */
static void receivers_wait(coro_channel *channel) {
  memset(woken, 0, sizeof(woken));
  memset(got, 0, sizeof(got));
  for (int i = 0; i < COUNT; i++) {
    coro_receive_op_init(&receives[i], channel, &got[i]);
    CHECK(poll(&receives[i].waiter, i) == CORO_PENDING);
  }
}

static void senders_wait(coro_channel *channel) {
  memset(woken, 0, sizeof(woken));
  for (int i = 0; i < COUNT; i++) {
    given[i] = 10 + i;
    coro_send_op_init(&sends[i], channel, &given[i]);
    CHECK(poll(&sends[i].waiter, i) == CORO_PENDING);
  }
}

static void expect_woken(const char *text) {
  char actual[COUNT + 1] = {0};
  for (int i = 0; i < COUNT; i++)
    actual[i] = (char)('0' + woken[i]);
  check_text(actual, text);
}

static void send(coro_channel *channel, int value, int result) {
  CHECK(coro_channel_try_send(channel, &value) == result);
}

static void receive(coro_channel *channel, int result, int expected) {
  int value = 0;
  CHECK(coro_channel_try_receive(channel, &value) == result);
  CHECK(value == expected);
}

static void receivers_in_turn(void) {
  coro_channel_init_of(&two);
  receivers_wait(&two.channel);
  send(&two.channel, 1, 0);
  send(&two.channel, 2, 0);
  expect_woken("1100");
  send(&two.channel, 3, CORO_BUSY); /* two were not received yet */
  receive(&two.channel, CORO_BUSY, 0);
  cancel(&receives[0].waiter); /* had a turn: the third has it now */
  expect_woken("1110");
  cancel(&receives[3].waiter); /* had none */
  expect_woken("1110");
  /* The first to go on has the oldest value. */
  CHECK(poll(&receives[2].waiter, 2) == CORO_DONE && got[2] == 1);
  CHECK(poll(&receives[1].waiter, 1) == CORO_DONE && got[1] == 2);
  CHECK(got[0] == 0 && got[3] == 0);
  receive(&two.channel, CORO_BUSY, 0);
}

static void senders_in_turn(void) {
  coro_channel_init_of(&two);
  send(&two.channel, 1, 0);
  send(&two.channel, 2, 0);
  senders_wait(&two.channel);
  receive(&two.channel, 0, 1);
  expect_woken("1000");
  send(&two.channel, 3, CORO_BUSY); /* the place is the first one's */
  receive(&two.channel, 0, 2);
  expect_woken("1100");
  receive(&two.channel, CORO_BUSY, 0); /* they have not sent yet */
  cancel(&sends[0].waiter);
  expect_woken("1110");
  CHECK(poll(&sends[1].waiter, 1) == CORO_DONE && !sends[1].waiter.result);
  coro_channel_close_of(&two);
  expect_woken("1111");
  CHECK(poll(&sends[2].waiter, 2) == CORO_DONE);
  CHECK(poll(&sends[3].waiter, 3) == CORO_DONE);
  CHECK(sends[2].waiter.result == CORO_CLOSED);
  CHECK(sends[3].waiter.result == CORO_CLOSED);
  receive(&two.channel, 0, 11);
  receive(&two.channel, CORO_CLOSED, 0);
}

/* Values that were sent before it was closed are received, whoever goes away.
 */
static void closing(int first_takes) {
  coro_channel_init_of(&two);
  receivers_wait(&two.channel);
  send(&two.channel, 1, 0);
  coro_channel_close_of(&two);
  expect_woken("1000");
  receive(&two.channel, CORO_BUSY, 0);
  if (first_takes) {
    CHECK(poll(&receives[0].waiter, 0) == CORO_DONE && got[0] == 1);
    expect_woken("1111");
  } else {
    cancel(&receives[0].waiter);
    expect_woken("1100");
    CHECK(poll(&receives[1].waiter, 1) == CORO_DONE && got[1] == 1);
    expect_woken("1111");
  }
  for (int i = 2; i < COUNT; i++) {
    CHECK(poll(&receives[i].waiter, i) == CORO_DONE && got[i] == 0);
    CHECK(receives[i].waiter.result == CORO_CLOSED);
  }
}

static void without_capacity(void) {
  coro_channel_init_of(&none);
  senders_wait(&none.channel);
  expect_woken("0000");
  coro_receive_op_init_of(&receives[0], &none, &got[0]);
  CHECK(poll(&receives[0].waiter, 3) == CORO_PENDING);
  expect_woken("1000");
  cancel(&sends[0].waiter);
  expect_woken("1100");
  CHECK(poll(&sends[1].waiter, 1) == CORO_DONE);
  expect_woken("1101"); /* the receiver */
  send(&none.channel, 5, CORO_BUSY);
  cancel(&receives[0].waiter); /* the value is there for the next */
  coro_receive_op_init_of(&receives[1], &none, &got[1]);
  CHECK(poll(&receives[1].waiter, 3) == CORO_DONE && got[1] == 11);
  expect_woken("1101"); /* nobody waits for what the others have */
  coro_channel_close_of(&none);
  expect_woken("1112");
}

static void no_fuel(void) {
  coro_channel_init_of(&two);
  send(&two.channel, 1, 0);
  woken[0] = 0;
  coro_context cx = CORO_CONTEXT_INIT;
  cx.waker = (coro_waker){&wakes, &woken[0]};
  cx.fuel = 0;
  coro_receive_op_init_of(&receives[0], &two, &got[0]);
  coro_future *future = &receives[0].waiter.future;
  CHECK(future->poll(future, &cx) == CORO_PENDING && woken[0] == 1);
  cx.fuel = 1;
  CHECK(future->poll(future, &cx) == CORO_DONE && got[0] == 1);
  CHECK(cx.fuel == 0);
}

int main(void) {
  receivers_in_turn();
  senders_in_turn();
  closing(1);
  closing(0);
  without_capacity();
  no_fuel();
}
