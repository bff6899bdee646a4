/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Waiting for channels. Compiled twice: with the plugin, and with
 * CORO_ERASE_EFFECTS, where the thread waits.
 */
#include "wait_for.h"

#include <coro/coro.h>

yields int coro_channel_send(coro_channel *channel, const void *value) {
  coro_send_op op;
  coro_send_op_init(&op, channel, value);
  coro_wait(&op);
  return op.waiter.result;
}

yields int coro_channel_receive(coro_channel *channel, void *value) {
  coro_receive_op op;
  coro_receive_op_init(&op, channel, value);
  coro_wait(&op);
  return op.waiter.result;
}

yields int coro_channel_send_for(coro_channel *channel, const void *value,
                                 uint64_t ns) {
  coro_send_op op;
  coro_send_op_init(&op, channel, value);
  return WAIT_FOR(&op.waiter.future, ns) ? op.waiter.result : CORO_TIMED_OUT;
}

yields int coro_channel_receive_for(coro_channel *channel, void *value,
                                    uint64_t ns) {
  coro_receive_op op;
  coro_receive_op_init(&op, channel, value);
  return WAIT_FOR(&op.waiter.future, ns) ? op.waiter.result : CORO_TIMED_OUT;
}

yields int coro_oneshot_receive(coro_oneshot *oneshot, void *value) {
  coro_oneshot_op op;
  coro_oneshot_op_init(&op, oneshot, value);
  coro_wait(&op);
  return op.waiter.result;
}

yields int coro_oneshot_receive_for(coro_oneshot *oneshot, void *value,
                                    uint64_t ns) {
  coro_oneshot_op op;
  coro_oneshot_op_init(&op, oneshot, value);
  return WAIT_FOR(&op.waiter.future, ns) ? op.waiter.result : CORO_TIMED_OUT;
}

yields int coro_broadcast_receive(coro_subscription *subscription,
                                  void *value) {
  coro_broadcast_op op;
  coro_broadcast_op_init(&op, subscription, value);
  coro_wait(&op);
  return op.waiter.result;
}

yields int coro_broadcast_receive_for(coro_subscription *subscription,
                                      void *value, uint64_t ns) {
  coro_broadcast_op op;
  coro_broadcast_op_init(&op, subscription, value);
  return WAIT_FOR(&op.waiter.future, ns) ? op.waiter.result : CORO_TIMED_OUT;
}
