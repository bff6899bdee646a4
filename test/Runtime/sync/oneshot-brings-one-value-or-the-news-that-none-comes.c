// A oneshot: sent before and after somebody waits, twice, closed by either
// side; a receiver that is cancelled before it saw the value leaves it; between
// threads.
// RUN: %clang %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %clang %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t && %t
#include "../check.h"

#include <coro/oneshot.h>
#include <pthread.h>

static int slot, wakes;

static void count(void *data) { (void)data, wakes++; }
static const coro_waker_ops counts = {.wake = count};
static coro_context cx;

static coro_status poll(coro_oneshot_op *op) {
  return op->waiter.future.poll(&op->waiter.future, &cx);
}

static void one_thread(void) {
  coro_oneshot oneshot;
  int value = 5, got = 0;

  coro_oneshot_init(&oneshot, &slot, sizeof(slot));
  CHECK(coro_oneshot_try_receive(&oneshot, &got) == CORO_BUSY);
  CHECK(coro_oneshot_send(&oneshot, &value) == 0);
  CHECK(coro_oneshot_send(&oneshot, &value) == CORO_CLOSED);
  coro_oneshot_close(&oneshot); /* the sender goes; the value stays */
  CHECK(coro_oneshot_try_receive(&oneshot, &got) == 0 && got == 5);
  CHECK(coro_oneshot_try_receive(&oneshot, &got) == CORO_CLOSED);

  coro_oneshot_op op;
  coro_oneshot_init(&oneshot, &slot, sizeof(slot));
  coro_oneshot_op_init(&op, &oneshot, &got);
  CHECK(poll(&op) == CORO_PENDING && wakes == 0);
  value = 6;
  CHECK(coro_oneshot_send(&oneshot, &value) == 0 && wakes == 1);
  CHECK(coro_oneshot_try_receive(&oneshot, &value) == CORO_BUSY);
  CHECK(poll(&op) == CORO_DONE && op.waiter.result == 0 && got == 6);

  /* Neither side hears of the other any more. */
  coro_oneshot_init(&oneshot, &slot, sizeof(slot));
  coro_oneshot_close(&oneshot);
  CHECK(coro_oneshot_send(&oneshot, &value) == CORO_CLOSED);
  coro_oneshot_init(&oneshot, &slot, sizeof(slot));
  coro_oneshot_op_init(&op, &oneshot, &got);
  CHECK(poll(&op) == CORO_PENDING);
  coro_oneshot_close(&oneshot);
  coro_oneshot_close(&oneshot);
  CHECK(wakes == 2 && poll(&op) == CORO_DONE);
  CHECK(op.waiter.result == CORO_CLOSED);
}

/* granted: cancelled after the value was sent to it, or before. */
static void cancelled(int granted) {
  coro_oneshot oneshot;
  coro_oneshot_op first, second;
  int value = 7, got[2] = {0, 0};
  coro_oneshot_init(&oneshot, &slot, sizeof(slot));
  coro_oneshot_op_init(&first, &oneshot, &got[0]);
  coro_oneshot_op_init(&second, &oneshot, &got[1]);
  CHECK(poll(&first) == CORO_PENDING);
  if (granted)
    CHECK(coro_oneshot_send(&oneshot, &value) == 0);
  value = 8;
  CHECK(coro_future_cancel(&first.waiter.future, &cx) == CORO_CANCELLED);
  CHECK(coro_future_cancel(&first.waiter.future, &cx) == CORO_DONE);
  CHECK(coro_oneshot_send(&oneshot, &value) == (granted ? CORO_CLOSED : 0));
  got[0] = 0;
  CHECK(poll(&second) == CORO_DONE && second.waiter.result == 0);
  CHECK(got[0] == 0 && got[1] == (granted ? 7 : 8));
}

/* The first of those that wait gets it, or the next where that one goes; the
 * others hear that none will come, once it was seen. */
static void several(void) {
  coro_oneshot oneshot;
  coro_oneshot_op ops[4];
  int value = 11, got[4] = {0};
  coro_oneshot_init(&oneshot, &slot, sizeof(slot));
  for (int i = 0; i < 4; i++) {
    coro_oneshot_op_init(&ops[i], &oneshot, &got[i]);
    CHECK(poll(&ops[i]) == CORO_PENDING);
  }
  wakes = 0;
  CHECK(coro_oneshot_send(&oneshot, &value) == 0 && wakes == 1);
  CHECK(poll(&ops[2]) == CORO_PENDING);
  CHECK(coro_future_cancel(&ops[0].waiter.future, &cx) == CORO_CANCELLED);
  CHECK(wakes == 2 && poll(&ops[3]) == CORO_PENDING);
  CHECK(poll(&ops[1]) == CORO_DONE && ops[1].waiter.result == 0);
  CHECK(got[1] == 11 && wakes == 4);
  for (int i = 2; i < 4; i++)
    CHECK(poll(&ops[i]) == CORO_DONE && ops[i].waiter.result == CORO_CLOSED);
}

/* One that comes when the value was given and not seen gets it where the other
 * one goes away. */
static void comes_late(void) {
  coro_oneshot oneshot;
  coro_oneshot_op first, late, last;
  int value = 12, got[3] = {0};
  coro_oneshot_init(&oneshot, &slot, sizeof(slot));
  coro_oneshot_op_init(&first, &oneshot, &got[0]);
  coro_oneshot_op_init(&late, &oneshot, &got[1]);
  coro_oneshot_op_init(&last, &oneshot, &got[2]);
  CHECK(poll(&first) == CORO_PENDING);
  CHECK(coro_oneshot_send(&oneshot, &value) == 0);
  CHECK(poll(&late) == CORO_PENDING);
  CHECK(coro_future_cancel(&first.waiter.future, &cx) == CORO_CANCELLED);
  CHECK(poll(&last) == CORO_PENDING);
  CHECK(coro_oneshot_try_receive(&oneshot, &got[2]) == CORO_BUSY);
  CHECK(poll(&late) == CORO_DONE && !late.waiter.result && got[1] == 12);
  CHECK(poll(&last) == CORO_DONE && last.waiter.result == CORO_CLOSED);
  CHECK(coro_oneshot_try_receive(&oneshot, &got[2]) == CORO_CLOSED);
}

static void *send_or_close(void *data) {
  coro_oneshot *oneshot = data;
  int value = 9;
  intptr_t result = slot ? coro_oneshot_send(oneshot, &value) : 0;
  coro_oneshot_close(oneshot);
  return (void *)result;
}

static void threads(void) {
  for (int i = 0; i < 300; i++) {
    coro_oneshot oneshot;
    coro_oneshot_op op;
    coro_context hasty = CORO_CONTEXT_INIT;
    int got = 0, room;
    coro_oneshot_init_shared(&oneshot, &room, sizeof(room));
    slot = i % 3;
    pthread_t thread;
    pthread_create(&thread, NULL, send_or_close, &oneshot);
    coro_oneshot_op_init(&op, &oneshot, &got);
    if (i % 2 &&
        op.waiter.future.poll(&op.waiter.future, &hasty) == CORO_PENDING) {
      coro_future_cancel(&op.waiter.future, &hasty);
      coro_oneshot_op_init(&op, &oneshot, &got);
    }
    CHECK(coro_block_on_future(&op.waiter.future) == CORO_DONE);
    CHECK(op.waiter.result == (slot ? 0 : CORO_CLOSED));
    CHECK(!slot || got == 9);
    void *result;
    pthread_join(thread, &result);
    CHECK(!result);
  }
}

int main(void) {
  cx = coro_context_idle;
  cx.waker.ops = &counts;
  one_thread();
  cancelled(0);
  cancelled(1);
  several();
  comes_late();
  threads();
}
