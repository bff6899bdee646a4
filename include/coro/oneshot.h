/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * One value, sent once, to one receiver: the answer to a question. Either side
 * may go away, and the other is told. Local, for tasks of one thread, or
 * shared, for any thread; not for signal handlers. Takes no memory.
 */
#ifndef CORO_ONESHOT_H
#define CORO_ONESHOT_H

#include <coro/effects.h>
#include <coro/error.h>
#include <coro/typed.h>
#include <coro/wait.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Opaque. Needs no end: its storage is free once neither side will use it. */
typedef struct coro_oneshot {
  coro_wait_queue queue; /* the receiver, while it waits */
  void *slot;            /* the value, while it is here */
  size_t size;
  uint32_t state;
} coro_oneshot;

/*
 * Makes a local one, or a shared one. slot has room for the value of `size`
 * bytes and belongs to the oneshot; size may be 0, and slot then NULL.
 */
void coro_oneshot_init(coro_oneshot *oneshot, void *slot, size_t size);
void coro_oneshot_init_shared(coro_oneshot *oneshot, void *slot, size_t size);

/*
 * Sends *value; never waits. 0; or CORO_CLOSED where it was closed, or a value
 * was sent before. That the receiver does not go away afterwards is not said.
 */
int coro_oneshot_send(coro_oneshot *oneshot, const void *value);

/*
 * For either side: it goes away. Does nothing once a value was sent, so both
 * may always call it in the end, once each or more often.
 */
void coro_oneshot_close(coro_oneshot *oneshot);

/* Receives without waiting: 0; CORO_BUSY if nothing was sent yet, or who waited
 * was given the value and has not seen that; CORO_CLOSED if nothing will come.
 */
int coro_oneshot_try_receive(coro_oneshot *oneshot, void *value);

/*
 * Receiving, as an arm of coro_wait, coro_race and the others; it stays where
 * it is until it is over or cancelled, as does the value. op.waiter.result is 0
 * or CORO_CLOSED once it is done. Of several that wait the first gets the value
 * and the others CORO_CLOSED. Cancelled, the value is there for the next one;
 * but *value may have been written.
 */
typedef struct coro_oneshot_op {
  coro_waiter waiter;
  void *value;
} coro_oneshot_op;

void coro_oneshot_op_init(coro_oneshot_op *op, coro_oneshot *oneshot,
                          void *value);

#ifdef CORO_HAS_EFFECTS
/* Receives into *value: 0 or CORO_CLOSED. */
CORO_CANCEL_SAFE CORO_YIELDS int coro_oneshot_receive(coro_oneshot *oneshot,
                                                      void *value)
    CORO_FRAME(96);

/* The same for ns nanoseconds at most, and then CORO_TIMED_OUT. */
CORO_CANCEL_SAFE CORO_YIELDS int
coro_oneshot_receive_for(coro_oneshot *oneshot, void *value, uint64_t ns)
    CORO_FRAME(144);
#endif

/*
 * A oneshot of a T with its slot, as a struct type. The macros below are the
 * functions of the same names, for the address of such a struct: they are
 * errors where *value is not a T. The two that init look at that address more
 * than once.
 */
#define coro_oneshot_of(T)                                                     \
  struct {                                                                     \
    coro_oneshot oneshot;                                                      \
    T slot;                                                                    \
  }

#define coro_oneshot_init_of(o)                                                \
  coro_oneshot_init(&(o)->oneshot, &(o)->slot, sizeof((o)->slot))
#define coro_oneshot_init_shared_of(o)                                         \
  coro_oneshot_init_shared(&(o)->oneshot, &(o)->slot, sizeof((o)->slot))
#define coro_oneshot_close_of(o) coro_oneshot_close(&(o)->oneshot)

#ifndef __cplusplus
#define coro_oneshot_value(o, value) CORO_TYPED(value, (o)->slot, "oneshot")

#define coro_oneshot_send_of(o, value)                                         \
  coro_oneshot_send(&(o)->oneshot, coro_oneshot_value(o, value))
#define coro_oneshot_try_receive_of(o, value)                                  \
  coro_oneshot_try_receive(&(o)->oneshot, coro_oneshot_value(o, value))
#define coro_oneshot_receive_of(o, value)                                      \
  coro_oneshot_receive(&(o)->oneshot, coro_oneshot_value(o, value))
#define coro_oneshot_receive_for_of(o, value, ns)                              \
  coro_oneshot_receive_for(&(o)->oneshot, coro_oneshot_value(o, value), ns)
#define coro_oneshot_op_init_of(op, o, value)                                  \
  coro_oneshot_op_init(op, &(o)->oneshot, coro_oneshot_value(o, value))
#endif

#ifdef __cplusplus
}
#endif

#endif
