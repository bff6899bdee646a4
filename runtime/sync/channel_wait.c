/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The waiting calls of channels: try, unless this poll has done enough, and
 * where that does not do, wait for the op. Compiled twice: with the plugin, and
 * with CORO_ERASE_EFFECTS, where they block the thread.
 */
#include "wait_for.h"

#include <coro/coro.h>

/* Whoever never has to wait gives way at times: see coro_spend. */
#define TRY(call) (coro_spend(coro_self()) ? (call) : CORO_BUSY)

yields int coro_channel_send(coro_channel *channel, const void *value) {
  int result = TRY(coro_channel_try_send(channel, value));
  if (result != CORO_BUSY)
    return result;
  coro_send_op op;
  coro_send_op_init(&op, channel, value);
  coro_wait(&op);
  return op.waiter.result;
}

yields int coro_channel_receive(coro_channel *channel, void *value) {
  int result = TRY(coro_channel_try_receive(channel, value));
  if (result != CORO_BUSY)
    return result;
  coro_receive_op op;
  coro_receive_op_init(&op, channel, value);
  coro_wait(&op);
  return op.waiter.result;
}

yields int coro_channel_send_for(coro_channel *channel, const void *value,
                                 uint64_t ns) {
  int result = TRY(coro_channel_try_send(channel, value));
  if (result != CORO_BUSY)
    return result;
  coro_send_op op;
  coro_send_op_init(&op, channel, value);
  return WAIT_FOR(&op.waiter.future, ns, op.waiter.result);
}

yields int coro_channel_receive_for(coro_channel *channel, void *value,
                                    uint64_t ns) {
  int result = TRY(coro_channel_try_receive(channel, value));
  if (result != CORO_BUSY)
    return result;
  coro_receive_op op;
  coro_receive_op_init(&op, channel, value);
  return WAIT_FOR(&op.waiter.future, ns, op.waiter.result);
}

yields int coro_oneshot_receive(coro_oneshot *oneshot, void *value) {
  int result = TRY(coro_oneshot_try_receive(oneshot, value));
  if (result != CORO_BUSY)
    return result;
  coro_oneshot_op op;
  coro_oneshot_op_init(&op, oneshot, value);
  coro_wait(&op);
  return op.waiter.result;
}

yields int coro_oneshot_receive_for(coro_oneshot *oneshot, void *value,
                                    uint64_t ns) {
  int result = TRY(coro_oneshot_try_receive(oneshot, value));
  if (result != CORO_BUSY)
    return result;
  coro_oneshot_op op;
  coro_oneshot_op_init(&op, oneshot, value);
  return WAIT_FOR(&op.waiter.future, ns, op.waiter.result);
}

yields int coro_broadcast_receive(coro_subscription *subscription,
                                  void *value) {
  int result = TRY(coro_broadcast_try_receive(subscription, value));
  if (result != CORO_BUSY)
    return result;
  coro_broadcast_op op;
  coro_broadcast_op_init(&op, subscription, value);
  coro_wait(&op);
  return op.waiter.result;
}

yields int coro_broadcast_receive_for(coro_subscription *subscription,
                                      void *value, uint64_t ns) {
  int result = TRY(coro_broadcast_try_receive(subscription, value));
  if (result != CORO_BUSY)
    return result;
  coro_broadcast_op op;
  coro_broadcast_op_init(&op, subscription, value);
  return WAIT_FOR(&op.waiter.future, ns, op.waiter.result);
}
