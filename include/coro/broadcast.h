/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Broadcast: each subscription sees each value that was sent since it began, in
 * order. Senders never wait: the newest values are kept, as many as there is
 * room for, and who is slower than that misses the oldest, and is told how
 * many. Local, for tasks of one thread, or shared, for any thread; not for
 * signal handlers. Takes no memory.
 */
#ifndef CORO_BROADCAST_H
#define CORO_BROADCAST_H

#include <coro/effects.h>
#include <coro/error.h>
#include <coro/typed.h>
#include <coro/wait.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Opaque. Needs no end: its storage is free once nobody will use it. */
typedef struct coro_broadcast {
  coro_wait_queue queue; /* who waits for the next value */
  unsigned char *buffer;
  size_t element; /* bytes of a value */
  size_t slots;
  uint64_t sent; /* values so far; number n is in slot n % slots */
  uint32_t closed;
} coro_broadcast;

/*
 * Makes a local one, or a shared one. buffer has room for `slots` values, 1 at
 * least, of `element` bytes, and belongs to the broadcast. element may be 0,
 * and buffer then NULL.
 */
void coro_broadcast_init(coro_broadcast *broadcast, void *buffer, size_t slots,
                         size_t element);
void coro_broadcast_init_shared(coro_broadcast *broadcast, void *buffer,
                                size_t slots, size_t element);

/* Sends *value to all subscriptions; never waits: 0 or CORO_CLOSED. */
int coro_broadcast_send(coro_broadcast *broadcast, const void *value);

/* Nobody sends any more: receivers see what there is, and then CORO_CLOSED. */
void coro_broadcast_close(coro_broadcast *broadcast);

/*
 * Where one receiver is. Used by one task at a time; copied freely, and each
 * copy goes on by itself. Just leave it when it is not needed any more.
 */
typedef struct coro_subscription {
  coro_broadcast *broadcast;
  uint64_t next; /* the number of the value it receives next */
} coro_subscription;

/* Begins with the next value that is sent. */
void coro_subscribe(coro_subscription *subscription, coro_broadcast *broadcast);

/*
 * Receives the next value into *value without waiting. The number of values
 * before it that were missed, mostly 0, and INT32_MAX if there were more;
 * CORO_BUSY if there is none; CORO_CLOSED.
 */
int coro_broadcast_try_receive(coro_subscription *subscription, void *value);

/*
 * Receiving, as an arm of coro_wait, coro_race and the others; it stays where
 * it is until it is over or cancelled, as do the subscription and the value.
 * op.waiter.result is then as that of coro_broadcast_try_receive, and CORO_BUSY
 * before and where it was cancelled; that one received nothing.
 */
typedef struct coro_broadcast_op {
  coro_waiter waiter;
  coro_subscription *subscription;
  void *value;
} coro_broadcast_op;

void coro_broadcast_op_init(coro_broadcast_op *op,
                            coro_subscription *subscription, void *value);

#ifdef CORO_HAS_EFFECTS
/* Receives the next value into *value: how many were missed before it, or
 * CORO_CLOSED. */
CORO_CANCEL_SAFE CORO_YIELDS int
coro_broadcast_receive(coro_subscription *subscription, void *value)
    CORO_FRAME(96);

/* The same for ns nanoseconds at most, and then CORO_TIMED_OUT. */
CORO_CANCEL_SAFE CORO_YIELDS int
coro_broadcast_receive_for(coro_subscription *subscription, void *value,
                           uint64_t ns) CORO_FRAME(160);
#endif

/*
 * A broadcast of Ts with its buffer, and a subscription to one, as struct
 * types; N, 1 at least, is a constant. The macros below are the functions of
 * the same names, for the addresses of such structs: they are errors where
 * *value is not a T, or the subscription is one of another type. The two that
 * init look at the address more than once.
 */
#define coro_broadcast_of(T, N)                                                \
  struct {                                                                     \
    union {                                                                    \
      coro_broadcast broadcast;                                                \
      char (*coro_slots)[(N) > 0 ? (N) : -1]; /* never set: N, for sizeof */   \
    };                                                                         \
    T buffer[N];                                                               \
  }
#define coro_subscription_of(T)                                                \
  struct {                                                                     \
    union {                                                                    \
      coro_subscription subscription;                                          \
      T *coro_value; /* never set: T */                                        \
    };                                                                         \
  }

#define coro_broadcast_init_of(b)                                              \
  coro_broadcast_init(&(b)->broadcast, (b)->buffer, sizeof(*(b)->coro_slots),  \
                      sizeof((b)->buffer[0]))
#define coro_broadcast_init_shared_of(b)                                       \
  coro_broadcast_init_shared(&(b)->broadcast, (b)->buffer,                     \
                             sizeof(*(b)->coro_slots), sizeof((b)->buffer[0]))
#define coro_broadcast_close_of(b) coro_broadcast_close(&(b)->broadcast)

#ifndef __cplusplus
#define coro_broadcast_value(b, value)                                         \
  CORO_TYPED(value, (b)->buffer[0], "broadcast")
#define coro_subscription_value(s, value)                                      \
  CORO_TYPED(value, *(s)->coro_value, "subscription")

#define coro_broadcast_send_of(b, value)                                       \
  coro_broadcast_send(&(b)->broadcast, coro_broadcast_value(b, value))
#define coro_subscribe_of(s, b)                                                \
  coro_subscribe(&(s)->subscription +                                          \
                     0 * sizeof(coro_subscription_value(s, &(b)->buffer[0])),  \
                 &(b)->broadcast)
#define coro_broadcast_try_receive_of(s, value)                                \
  coro_broadcast_try_receive(&(s)->subscription,                               \
                             coro_subscription_value(s, value))
#define coro_broadcast_receive_of(s, value)                                    \
  coro_broadcast_receive(&(s)->subscription, coro_subscription_value(s, value))
#define coro_broadcast_receive_for_of(s, value, ns)                            \
  coro_broadcast_receive_for(&(s)->subscription,                               \
                             coro_subscription_value(s, value), ns)
#define coro_broadcast_op_init_of(op, s, value)                                \
  coro_broadcast_op_init(op, &(s)->subscription,                               \
                         coro_subscription_value(s, value))
#endif

#ifdef __cplusplus
}
#endif

#endif
