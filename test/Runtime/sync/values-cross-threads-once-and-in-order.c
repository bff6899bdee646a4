// Shared channels between threads that wait, try, and give up: every value that
// was sent is received once, and each receiver sees those of one sender in the
// order of sending. With no capacity, one slot, and several.
// RUN: %clang %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t && %t
// RUN: %clang %cflags -O2 %s %rt -o %t && %t
#include "../check.h"

#include <coro/channel.h>
#include <pthread.h>

enum { SENDERS = 3, RECEIVERS = 3, EACH = 1500 };

struct value {
  int sender, number;
};
static coro_channel_of(struct value, 0) none;
static coro_channel_of(struct value, 1) one;
static coro_channel_of(struct value, 7) seven;
static coro_channel *channel;

static unsigned char seen[SENDERS][EACH]; /* each written by who receives it */

static void no_wake(void *data) { (void)data; }
static const coro_waker_ops ignores = {.wake = no_wake};

/* Begins, and mostly gives up at once: true if it was done. */
static int hasty(coro_future *future) {
  coro_context cx = CORO_CONTEXT_INIT;
  cx.waker.ops = &ignores;
  if (future->poll(future, &cx) == CORO_DONE)
    return 1;
  coro_future_cancel(future, &cx);
  return 0;
}

static void *send_all(void *argument) {
  int sender = (int)(intptr_t)argument;
  uint64_t seed = 1234567 + (unsigned)sender;
  for (int number = 0; number < EACH;) {
    struct value value = {sender, number};
    coro_send_op op;
    coro_send_op_init(&op, channel, &value);
    int done = 0;
    switch (next_random(&seed) % 4) {
    case 0:
      done = coro_channel_try_send(channel, &value) == 0;
      break;
    case 1:
      done = hasty(&op.waiter.future);
      break;
    default:
      done = coro_block_on_future(&op.waiter.future) == CORO_DONE;
      CHECK(op.waiter.result == 0);
    }
    number += done;
  }
  return NULL;
}

static int receive(uint64_t *seed, struct value *value) {
  coro_receive_op op;
  coro_receive_op_init(&op, channel, value);
  switch (next_random(seed) % 4) {
  case 0:
    return coro_channel_try_receive(channel, value);
  case 1:
    hasty(&op.waiter.future);
    break;
  default:
    CHECK(coro_block_on_future(&op.waiter.future) == CORO_DONE);
  }
  return op.waiter.result;
}

static void *receive_all(void *argument) {
  uint64_t seed = 7654321 + (unsigned)(intptr_t)argument;
  int last[SENDERS];
  memset(last, -1, sizeof(last));
  for (;;) {
    struct value value = {-1, -1};
    int result = receive(&seed, &value);
    if (result == CORO_CLOSED)
      return NULL;
    if (result == CORO_BUSY)
      continue;
    CHECK(result == 0 && value.number > last[value.sender]);
    last[value.sender] = value.number;
    CHECK(!seen[value.sender][value.number]++);
  }
}

static void run(coro_channel *over) {
  channel = over;
  memset(seen, 0, sizeof(seen));
  pthread_t senders[SENDERS], receivers[RECEIVERS];
  for (intptr_t i = 0; i < SENDERS; i++)
    pthread_create(&senders[i], NULL, send_all, (void *)i);
  for (intptr_t i = 0; i < RECEIVERS; i++)
    pthread_create(&receivers[i], NULL, receive_all, (void *)i);
  for (int i = 0; i < SENDERS; i++)
    pthread_join(senders[i], NULL);
  coro_channel_close(channel);
  for (int i = 0; i < RECEIVERS; i++)
    pthread_join(receivers[i], NULL);
  for (int i = 0; i < SENDERS; i++)
    for (int number = 0; number < EACH; number++)
      CHECK(seen[i][number] == 1);
}

int main(void) {
  coro_channel_init_shared_of(&none);
  coro_channel_init_shared_of(&one);
  coro_channel_init_shared_of(&seven);
  run(&none.channel);
  run(&one.channel);
  run(&seven.channel);
}
