/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Channels: values from any number of senders to any number of receivers, each
 * value to one of them, in the order in which they were sent. Takes no memory.
 *
 * A channel holds `capacity` values at most, and who sends more waits. With a
 * capacity of 0 a sender waits until a receiver waits for its value.
 *
 * An operation takes effect when its own task goes on, and not before: until
 * then the value stays where it is, and what was granted is no more than a turn
 * in the order. So an operation that is cancelled, timed out, or lost its race
 * did nothing at all: no value is lost, doubled, or overtaken. That is why
 * coro_race of several operations performs exactly one. (One that sends and
 * receives on the same channel may meet itself: with a capacity of 0 the value
 * then lies there for the next receiver.)
 *
 * A channel is local, for tasks of one thread, or shared, for any thread; none
 * of this is for signal handlers. Results are 0 or negative numbers of error.h.
 */
#ifndef CORO_CHANNEL_H
#define CORO_CHANNEL_H

#include <coro/combine.h>
#include <coro/effects.h>
#include <coro/error.h>
#include <coro/typed.h>
#include <coro/wait.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Opaque. Needs no end: when nobody uses it any more and nobody waits, its
 * storage is free.
 */
typedef struct coro_channel {
  coro_wait_queue senders;   /* the lock is this one's */
  coro_wait_queue receivers; /* the lock of this one is not used */
  unsigned char *buffer;
  size_t element;  /* bytes of a value */
  size_t slots;    /* values that the buffer has room for, 1 at least */
  size_t first;    /* the slot of the oldest value */
  size_t count;    /* values in the buffer */
  size_t reserved; /* free slots granted to senders that have not gone on yet */
  size_t promised; /* values granted to receivers that have not gone on yet */
  uint32_t rendezvous;
  uint32_t closed;
} coro_channel;

/*
 * Makes a local channel, or a shared one. buffer has room for capacity values
 * of `element` bytes, for one value where capacity is 0, and is the channel's
 * until nobody uses it any more. Values are copied by memcpy; element may be 0,
 * and buffer then NULL.
 */
void coro_channel_init(coro_channel *channel, void *buffer, size_t capacity,
                       size_t element);
void coro_channel_init_shared(coro_channel *channel, void *buffer,
                              size_t capacity, size_t element);

/*
 * Sends *value without waiting: 0; CORO_BUSY if the channel is full, or others
 * wait to send; CORO_CLOSED.
 */
int coro_channel_try_send(coro_channel *channel, const void *value);

/*
 * Receives into *value without waiting: 0; CORO_BUSY if there is none, or all
 * there are belong to others who waited; CORO_CLOSED if it is closed and empty.
 * Where the capacity is 0 it finds a value only if the receiver for whom that
 * was sent went away: senders give theirs to who waits.
 */
int coro_channel_try_receive(coro_channel *channel, void *value);

/*
 * Nobody sends any more: every send that has not taken effect gives
 * CORO_CLOSED, and so do receives once all values are received. Closing again
 * does nothing.
 */
void coro_channel_close(coro_channel *channel);

/*
 * One operation to wait for: &op.waiter.future, or &op, is an arm of coro_wait,
 * coro_race and the others. It stays where it is until it is over or cancelled;
 * so does the value, which is the caller's. op.waiter.result tells what came of
 * it: 0, CORO_CLOSED, or CORO_BUSY while it is not done and where it was
 * cancelled. To do it again, init it again.
 *
 * One that waits, and is neither waited for nor cancelled, keeps its turn, and
 * those behind it waiting.
 */
typedef struct coro_send_op {
  coro_waiter waiter;
  const void *value;
} coro_send_op;

typedef struct coro_receive_op {
  coro_waiter waiter;
  void *value;
} coro_receive_op;

void coro_send_op_init(coro_send_op *op, coro_channel *channel,
                       const void *value);
void coro_receive_op_init(coro_receive_op *op, coro_channel *channel,
                          void *value);

#ifdef CORO_HAS_EFFECTS
/* Sends *value, first come first served: 0 or CORO_CLOSED. */
CORO_CANCEL_SAFE CORO_YIELDS int coro_channel_send(coro_channel *channel,
                                                   const void *value)
    CORO_FRAME(96);

/* Receives into *value, first come first served: 0 or CORO_CLOSED. */
CORO_CANCEL_SAFE CORO_YIELDS int coro_channel_receive(coro_channel *channel,
                                                      void *value)
    CORO_FRAME(96);

/* The same for ns nanoseconds at most, and then CORO_TIMED_OUT. */
CORO_CANCEL_SAFE CORO_YIELDS int
coro_channel_send_for(coro_channel *channel, const void *value, uint64_t ns)
    CORO_FRAME(144);
CORO_CANCEL_SAFE CORO_YIELDS int
coro_channel_receive_for(coro_channel *channel, void *value, uint64_t ns)
    CORO_FRAME(144);
#endif

/*
 * A channel of Ts with its buffer, as a struct type; N is a constant. The
 * macros below are the functions of the same names, for the address of such a
 * struct: they are errors where *value is not a T. The two that init look at
 * that address more than once.
 */
#define coro_channel_of(T, N)                                                  \
  struct {                                                                     \
    union {                                                                    \
      coro_channel channel;                                                    \
      char (*coro_slots)[(N) + 1]; /* never set: N, for sizeof */              \
    };                                                                         \
    T buffer[(N) > 0 ? (N) : 1];                                               \
  }

#define coro_channel_init_of(c)                                                \
  coro_channel_init(&(c)->channel, (c)->buffer, sizeof(*(c)->coro_slots) - 1,  \
                    sizeof((c)->buffer[0]))
#define coro_channel_init_shared_of(c)                                         \
  coro_channel_init_shared(&(c)->channel, (c)->buffer,                         \
                           sizeof(*(c)->coro_slots) - 1,                       \
                           sizeof((c)->buffer[0]))

#ifndef __cplusplus
#define coro_channel_value(c, value)                                           \
  CORO_TYPED(value, (c)->buffer[0], "channel")

#define coro_channel_try_send_of(c, value)                                     \
  coro_channel_try_send(&(c)->channel, coro_channel_value(c, value))
#define coro_channel_try_receive_of(c, value)                                  \
  coro_channel_try_receive(&(c)->channel, coro_channel_value(c, value))
#define coro_channel_send_of(c, value)                                         \
  coro_channel_send(&(c)->channel, coro_channel_value(c, value))
#define coro_channel_receive_of(c, value)                                      \
  coro_channel_receive(&(c)->channel, coro_channel_value(c, value))
#define coro_channel_send_for_of(c, value, ns)                                 \
  coro_channel_send_for(&(c)->channel, coro_channel_value(c, value), ns)
#define coro_channel_receive_for_of(c, value, ns)                              \
  coro_channel_receive_for(&(c)->channel, coro_channel_value(c, value), ns)
#define coro_send_op_init_of(op, c, value)                                     \
  coro_send_op_init(op, &(c)->channel, coro_channel_value(c, value))
#define coro_receive_op_init_of(op, c, value)                                  \
  coro_receive_op_init(op, &(c)->channel, coro_channel_value(c, value))
#define coro_channel_close_of(c) coro_channel_close(&(c)->channel)
#endif

#ifdef __cplusplus
}
#endif

#endif
