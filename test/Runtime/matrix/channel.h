/* Cases of channels. The includer defines PLACES. Tasks 0 and 1 send, 2 and 3
 * receive, and no value is lost or seen twice, whoever is cancelled. */
static coro_channel channel;
static int buffer[PLACES + 1];
static long sent, received; /* sums */
static int sending;

static void begin(void) {
  if (between_threads())
    coro_channel_init_shared(&channel, buffer, PLACES, sizeof(buffer[0]));
  else
    coro_channel_init(&channel, buffer, PLACES, sizeof(buffer[0]));
  sent = received = 0;
  sending = 2;
}

static void end(void) {
  int value;
  while (coro_channel_try_receive(&channel, &value) == 0)
    received += value;
  CHECK(sent == received);
  CHECK(!channel.senders.first && !channel.receivers.first);
}

/* The last sender closes it. */
static void end_sending(void) {
  if (ADD(sending, -1) == 0)
    coro_channel_close(&channel);
}

static yields void waits(int n) {
  int value;
  if (n >= 2) {
    while (coro_channel_receive(&channel, &value) == 0)
      ADD(received, value);
    return;
  }
  for (value = 1; value <= rounds; value++) {
    CHECK(coro_channel_send(&channel, &value) == 0);
    ADD(sent, value);
  }
  end_sending();
}

/* Where there is no buffer only senders can try: for those who wait. */
static yields void tries(int n) {
  int value = 0, status;
  if (n >= 2) {
    while ((status = PLACES ? coro_channel_try_receive(&channel, &value)
                            : coro_channel_receive(&channel, &value)) !=
           CORO_CLOSED) {
      if (status == 0)
        ADD(received, value);
      else
        coro_yield_now();
    }
    return;
  }
  for (value = 1; value <= rounds; value++) {
    while ((status = coro_channel_try_send(&channel, &value)))
      coro_yield_now();
    ADD(sent, value);
  }
  end_sending();
}

static yields void waits_in_time(int n) {
  int value;
  if (n >= 2) {
    while (coro_channel_receive_for(&channel, &value, LONG) == 0)
      ADD(received, value);
    return;
  }
  for (value = 1; value <= rounds; value++) {
    CHECK(coro_channel_send_for(&channel, &value, LONG) == 0);
    ADD(sent, value);
  }
  end_sending();
}

static yields void waits_too_long(int n) {
  int value = 1;
  if (n)
    return;
  CHECK(coro_channel_receive_for(&channel, &value, CORO_MICROSECOND) ==
        CORO_TIMED_OUT);
  for (int i = 0; i < PLACES; i++, sent += value)
    CHECK(coro_channel_try_send(&channel, &value) == 0);
  CHECK(coro_channel_send_for(&channel, &value, CORO_MICROSECOND) ==
        CORO_TIMED_OUT);
  coro_send_op op;
  coro_send_op_init(&op, &channel, &value);
  CHECK(!coro_timeout(CORO_MICROSECOND, &op));
}

static yields void send_one(int value) {
  if (coro_channel_send(&channel, &value) == 0)
    ADD(sent, value);
}
static yields void receive_one(void) {
  int value;
  if (coro_channel_receive(&channel, &value) == 0)
    ADD(received, value);
}
static yields void is_cancelled_at_any_time(int n) {
  for (int i = 1; i <= rounds; i++) {
    coro_task(send_one) sends;
    coro_task(receive_one) receives;
    coro_task(yield_times) others;
    coro_start(&others, yield_times, (i + n) % 5);
    if (n < 2) {
      coro_start(&sends, send_one, i);
      coro_race(&sends, &others);
    } else {
      coro_start(&receives, receive_one);
      coro_race(&receives, &others);
    }
  }
}

/* Each sends or receives, whatever comes first, or gives up. */
static yields void is_an_arm(int n) {
  for (int i = 1; i <= rounds; i++) {
    coro_send_op send;
    coro_receive_op receive;
    coro_task(yield_times) others;
    int out = i, in = 0;
    coro_send_op_init(&send, &channel, &out);
    coro_receive_op_init(&receive, &channel, &in);
    coro_start(&others, yield_times, (i + n) % 4);
    switch (n % 2 ? coro_race(&send, &receive, &others)
                  : 3 + coro_race(&receive, &send, &others)) {
    case 0:
    case 4:
      ADD(sent, out);
      break;
    case 1:
    case 3:
      ADD(received, in);
      break;
    }
  }
}

#define CASES(X)                                                               \
  X(waits, EVERYWHERE)                                                         \
  X(tries, EVERYWHERE)                                                         \
  X(waits_in_time, EVERYWHERE)                                                 \
  X(waits_too_long, EVERYWHERE)                                                \
  X(is_cancelled_at_any_time, EVERYWHERE) X(is_an_arm, EVERYWHERE)
#include "run.h"
