/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Channels. The values lie in a ring; who waits is granted a turn, not a value:
 *
 *     senders --granted: reserved++--> [ slots ] --granted: promised++-->
 * receivers
 *
 * A sender that was granted puts its value into the ring when it is polled, and
 * a receiver takes the oldest value then. So undoing a grant is counting back
 * and granting to the next: the values do not move, and their order cannot
 * change. Whichever receiver is polled first has the oldest value, which keeps
 * the order also where a grant is outstanding.
 *
 * Under the lock, and whenever it is free:
 * - promised <= count, count + reserved <= slots;
 * - receivers wait: every value is promised (and if it is closed, there is
 * one);
 * - senders wait: it is open and there is no room for them.
 * settle() makes the last two true again after each change, granting in the
 * order of the queues. So whether an operation is possible at once needs no
 * look at the queue: if others wait, it is not.
 *
 * Without capacity there is one slot, and room only while it is free and a
 * receiver waits. A receiver that goes away between that and its poll leaves
 * the value in the slot for the next one.
 *
 * Both queues are under the lock of the first, which poll and cancel take
 * themselves: those of wait.c know of one queue and of no taking when polled.
 */
#include <coro/channel.h>
#include <stddef.h>

static void init(coro_channel *channel, void *buffer, size_t capacity,
                 size_t element, uint32_t shared) {
  *channel = (coro_channel){.senders.shared = shared,
                            .receivers.shared = shared,
                            .buffer = (unsigned char *)buffer,
                            .element = element,
                            .slots = capacity ? capacity : 1,
                            .rendezvous = !capacity};
}

void coro_channel_init(coro_channel *channel, void *buffer, size_t capacity,
                       size_t element) {
  init(channel, buffer, capacity, element, 0);
}

void coro_channel_init_shared(coro_channel *channel, void *buffer,
                              size_t capacity, size_t element) {
  init(channel, buffer, capacity, element, 1);
}

static void lock(coro_channel *channel) {
  if (channel->senders.shared)
    coro_wait_queue_lock(&channel->senders);
}

static void unlock(coro_channel *channel) {
  if (!channel->senders.shared)
    return;
  coro_untold untold = channel->receivers.untold;
  channel->receivers.untold.tell = 0;
  coro_wait_queue_unlock(&channel->senders);
  coro_tell(untold);
}

static int has_room(const coro_channel *channel) {
  if (channel->count + channel->reserved >= channel->slots)
    return 0;
  return !channel->rendezvous || channel->receivers.first;
}

static void settle(coro_channel *channel) {
  coro_wait_queue *senders = &channel->senders;
  coro_wait_queue *receivers = &channel->receivers;
  while (receivers->first && channel->count > channel->promised) {
    channel->promised++;
    coro_waiter_grant(receivers->first, 0);
  }
  if (channel->closed) {
    while (senders->first)
      coro_waiter_grant(senders->first, CORO_CLOSED);
    while (receivers->first && !channel->count)
      coro_waiter_grant(receivers->first, CORO_CLOSED);
    return;
  }
  while (senders->first && has_room(channel)) {
    channel->reserved++;
    coro_waiter_grant(senders->first, 0);
  }
}

static unsigned char *slot(const coro_channel *channel, size_t number) {
  if (number >= channel->slots)
    number -= channel->slots;
  return channel->buffer + number * channel->element;
}

/* Most values are a pointer or a number: a call costs more than the copy. */
static void copy(void *to, const void *from, size_t size) {
  if (size == sizeof(uint64_t))
    __builtin_memcpy(to, from, sizeof(uint64_t));
  else if (size)
    __builtin_memcpy(to, from, size);
}

/* Into a slot that is free and nobody's. */
static void put(coro_channel *channel, const void *value) {
  copy(slot(channel, channel->first + channel->count), value, channel->element);
  channel->count++;
  settle(channel);
}

/* The oldest value, where there is one that is nobody's. */
static void take(coro_channel *channel, void *value) {
  copy(value, slot(channel, channel->first), channel->element);
  channel->count--;
  if (++channel->first == channel->slots)
    channel->first = 0;
  settle(channel);
}

/* The operations at once, locked: 0, CORO_CLOSED, or CORO_BUSY. */

static int send_now(coro_channel *channel, const void *value) {
  if (channel->closed)
    return CORO_CLOSED;
  if (!has_room(channel))
    return CORO_BUSY;
  put(channel, value);
  return 0;
}

static int receive_now(coro_channel *channel, void *value) {
  if (channel->count > channel->promised) {
    take(channel, value);
    return 0;
  }
  return channel->closed && !channel->count ? CORO_CLOSED : CORO_BUSY;
}

int coro_channel_try_send(coro_channel *channel, const void *value) {
  lock(channel);
  int result = send_now(channel, value);
  unlock(channel);
  return result;
}

int coro_channel_try_receive(coro_channel *channel, void *value) {
  lock(channel);
  int result = receive_now(channel, value);
  unlock(channel);
  return result;
}

void coro_channel_close(coro_channel *channel) {
  lock(channel);
  channel->closed = 1;
  settle(channel);
  unlock(channel);
}

/* Operations that wait. ---------------------------------------------------- */

static coro_channel *sending_to(const coro_waiter *waiter) {
  return (coro_channel *)waiter->queue; /* its first member */
}

static coro_channel *receiving_from(const coro_waiter *waiter) {
  return (coro_channel *)((char *)waiter->queue -
                          offsetof(coro_channel, receivers));
}

/* What both kinds are polled with, locked: their results or CORO_BUSY. */
typedef int operation(coro_channel *channel, coro_waiter *waiter);

static int begin_send(coro_channel *channel, coro_waiter *waiter) {
  return send_now(channel, ((coro_send_op *)waiter)->value);
}

static int begin_receive(coro_channel *channel, coro_waiter *waiter) {
  return receive_now(channel, ((coro_receive_op *)waiter)->value);
}

static int finish_send(coro_channel *channel, coro_waiter *waiter) {
  channel->reserved--;
  if (channel->closed)
    return CORO_CLOSED;
  put(channel, ((coro_send_op *)waiter)->value);
  return 0;
}

static int finish_receive(coro_channel *channel, coro_waiter *waiter) {
  channel->promised--;
  take(channel, ((coro_receive_op *)waiter)->value);
  return 0;
}

/* Only its own task begins or ends an operation, so that is told unlocked: the
 * channel of one that is over may be gone. */
static uint32_t state_of(const coro_waiter *waiter) {
  return __atomic_load_n(&waiter->state, __ATOMIC_RELAXED);
}

static coro_status poll_operation(coro_waiter *waiter, coro_context *cx,
                                  coro_channel *channel, operation *begin,
                                  operation *finish) {
  uint32_t state = state_of(waiter);
  if (state == CORO_WAITER_OVER)
    return CORO_DONE;
  if (state == CORO_WAITER_NEW && !coro_spend_or_wake(cx))
    return CORO_PENDING;
  lock(channel);
  if (waiter->state == CORO_WAITER_GRANTED) {
    if (waiter->result == 0)
      waiter->result = finish(channel, waiter);
    waiter->state = CORO_WAITER_OVER;
  } else {
    waiter->waker = cx->waker; /* this poll may have another one */
    if (waiter->state == CORO_WAITER_NEW) {
      waiter->result = begin(channel, waiter);
      if (waiter->result == CORO_BUSY) {
        coro_waiter_enqueue(waiter);
        settle(channel); /* a sender may be waiting for a receiver */
      } else {
        waiter->state = CORO_WAITER_OVER;
      }
    }
  }
  int over = waiter->state == CORO_WAITER_OVER;
  unlock(channel);
  return over ? CORO_DONE : CORO_PENDING;
}

/* granted counts the turns of its kind that are outstanding. */
static coro_status cancel_operation(coro_waiter *waiter, coro_channel *channel,
                                    size_t *granted) {
  uint32_t state = state_of(waiter);
  if (state == CORO_WAITER_NEW || state == CORO_WAITER_OVER)
    return CORO_DONE;
  lock(channel);
  if (waiter->state == CORO_WAITER_WAITS) {
    coro_waiter_dequeue(waiter);
  } else if (waiter->result == 0) {
    --*granted;
    settle(channel);
  }
  waiter->result = CORO_BUSY;
  waiter->state = CORO_WAITER_OVER;
  unlock(channel);
  return CORO_CANCELLED;
}

static coro_status poll_send(coro_future *future, coro_context *cx) {
  coro_waiter *waiter = (coro_waiter *)future;
  return poll_operation(waiter, cx, sending_to(waiter), begin_send,
                        finish_send);
}

static coro_status cancel_send(coro_future *future, coro_context *cx) {
  (void)cx;
  coro_waiter *waiter = (coro_waiter *)future;
  coro_channel *channel = sending_to(waiter);
  return cancel_operation(waiter, channel, &channel->reserved);
}

static coro_status poll_receive(coro_future *future, coro_context *cx) {
  coro_waiter *waiter = (coro_waiter *)future;
  return poll_operation(waiter, cx, receiving_from(waiter), begin_receive,
                        finish_receive);
}

static coro_status cancel_receive(coro_future *future, coro_context *cx) {
  (void)cx;
  coro_waiter *waiter = (coro_waiter *)future;
  coro_channel *channel = receiving_from(waiter);
  return cancel_operation(waiter, channel, &channel->promised);
}

void coro_send_op_init(coro_send_op *op, coro_channel *channel,
                       const void *value) {
  *op = (coro_send_op){.waiter = {.future = {poll_send, cancel_send},
                                  .queue = &channel->senders,
                                  .result = CORO_BUSY},
                       .value = value};
}

void coro_receive_op_init(coro_receive_op *op, coro_channel *channel,
                          void *value) {
  *op = (coro_receive_op){.waiter = {.future = {poll_receive, cancel_receive},
                                     .queue = &channel->receivers,
                                     .result = CORO_BUSY},
                          .value = value};
}
