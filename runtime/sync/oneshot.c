/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * One value, once.
 *
 *     EMPTY --send--> FULL --received--> OVER
 *       | |             ^                  ^ ^
 *       | |             | cancelled        | |
 *       | +--send, to who waits--> HANDED -+ | it has seen it
 *       +--closed----------------------------+
 *
 * A value that was copied to who waited is copied back if that one is cancelled
 * before it saw it, or to the next that waits; nothing can have come between.
 * So others wait until it was seen, and are then told that none will come.
 */
#include <coro/oneshot.h>

enum { EMPTY = 0, FULL = 1, OVER = 2, HANDED = 3 };

static void copy(void *to, const void *from, size_t size) {
  if (size)
    __builtin_memcpy(to, from, size);
}

static void init(coro_oneshot *oneshot, void *slot, size_t size,
                 uint32_t shared) {
  *oneshot = (coro_oneshot){
      .queue.shared = shared, .slot = slot, .size = size, .state = EMPTY};
}

void coro_oneshot_init(coro_oneshot *oneshot, void *slot, size_t size) {
  init(oneshot, slot, size, 0);
}

void coro_oneshot_init_shared(coro_oneshot *oneshot, void *slot, size_t size) {
  init(oneshot, slot, size, 1);
}

int coro_oneshot_send(coro_oneshot *oneshot, const void *value) {
  coro_wait_queue_lock(&oneshot->queue);
  int result = oneshot->state == EMPTY ? 0 : CORO_CLOSED;
  coro_waiter *waiter = oneshot->queue.first;
  if (result == 0 && waiter) {
    oneshot->state = HANDED;
    copy(((coro_oneshot_op *)waiter)->value, value, oneshot->size);
    coro_waiter_grant(waiter, 0);
  } else if (result == 0) {
    oneshot->state = FULL;
    copy(oneshot->slot, value, oneshot->size);
  }
  coro_wait_queue_unlock(&oneshot->queue);
  return result;
}

/* Locked. */
static void tell_all(coro_oneshot *oneshot) {
  while (oneshot->queue.first)
    coro_waiter_grant(oneshot->queue.first, CORO_CLOSED);
}

void coro_oneshot_close(coro_oneshot *oneshot) {
  coro_wait_queue_lock(&oneshot->queue);
  if (oneshot->state == EMPTY) {
    oneshot->state = OVER;
    tell_all(oneshot);
  }
  coro_wait_queue_unlock(&oneshot->queue);
}

/* Locked. */
static int receive_now(coro_oneshot *oneshot, void *value) {
  if (oneshot->state != FULL)
    return oneshot->state == OVER ? CORO_CLOSED : CORO_BUSY;
  oneshot->state = OVER;
  copy(value, oneshot->slot, oneshot->size);
  return 0;
}

int coro_oneshot_try_receive(coro_oneshot *oneshot, void *value) {
  coro_wait_queue_lock(&oneshot->queue);
  int result = receive_now(oneshot, value);
  coro_wait_queue_unlock(&oneshot->queue);
  return result;
}

static int take(coro_waiter *waiter) {
  waiter->result = receive_now((coro_oneshot *)waiter->queue,
                               ((coro_oneshot_op *)waiter)->value);
  return waiter->result != CORO_BUSY;
}

static void give_back(coro_waiter *waiter) {
  coro_oneshot *oneshot = (coro_oneshot *)waiter->queue;
  if (waiter->result != 0)
    return; /* it was closed: so it is */
  const void *value = ((coro_oneshot_op *)waiter)->value;
  coro_waiter *next = oneshot->queue.first;
  if (next) {
    copy(((coro_oneshot_op *)next)->value, value, oneshot->size);
    coro_waiter_grant(next, 0);
  } else {
    oneshot->state = FULL;
    copy(oneshot->slot, value, oneshot->size);
  }
}

static coro_status poll_receive(coro_future *future, coro_context *cx) {
  coro_waiter *waiter = (coro_waiter *)future;
  /* Only its own task makes it over: the oneshot may be gone by then. */
  if (__atomic_load_n(&waiter->state, __ATOMIC_RELAXED) == CORO_WAITER_OVER)
    return CORO_DONE;
  coro_status status = coro_waiter_poll(future, cx);
  if (status == CORO_DONE && waiter->result == 0) {
    coro_oneshot *oneshot = (coro_oneshot *)waiter->queue;
    coro_wait_queue_lock(&oneshot->queue);
    oneshot->state = OVER;
    tell_all(oneshot);
    coro_wait_queue_unlock(&oneshot->queue);
  }
  return status;
}

static const coro_waiter_ops receiving = {.take = take, .give_back = give_back};

void coro_oneshot_op_init(coro_oneshot_op *op, coro_oneshot *oneshot,
                          void *value) {
  coro_waiter_init(&op->waiter, &oneshot->queue, &receiving);
  op->waiter.future.poll = poll_receive;
  op->value = value;
}
