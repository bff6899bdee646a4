// RUN: %clang %cflags -fsanitize=address,undefined %s -o %t %rt_asan
// RUN: %t
// What is known by its descriptor alone is cancelled through it. The context
// says so to whatever runs because of it, and to nobody afterwards; what has
// nothing to take back is simply gone.
#include "../check.h"
#include <coro/future.h>

struct task {
  int calls;         // of cancel
  int waits;         // times it is pending
  coro_any_task own; // a task that it cancels in its turn
};

static coro_status never(void *frame, coro_context *cx) {
  (void)frame;
  (void)cx;
  return CORO_PENDING;
}

static coro_status undo(void *frame, coro_context *cx) {
  struct task *self = frame;
  CHECK(cx->cancelling == 1);
  self->calls++;
  if (self->own.coro)
    CHECK(coro_cancel_any(self->own, cx) == CORO_CANCELLED);
  CHECK(cx->cancelling == 1);
  return self->waits-- > 0 ? CORO_PENDING : CORO_CANCELLED;
}

static const coro_descriptor with_cancel = {.abi = CORO_ABI_VERSION,
                                            .align = _Alignof(struct task),
                                            .size = sizeof(struct task),
                                            .poll = never,
                                            .cancel = undo,
                                            .name = "with"};
static const coro_descriptor without_cancel = {
    .abi = CORO_ABI_VERSION, .align = 1, .poll = never, .name = "without"};

struct event {
  coro_future future;
  int cancelled;
};

static coro_status event_poll(coro_future *self, coro_context *cx) {
  (void)self;
  (void)cx;
  return CORO_PENDING;
}

static coro_status event_cancel(coro_future *self, coro_context *cx) {
  CHECK(cx->cancelling == 1);
  ((struct event *)self)->cancelled++;
  return CORO_CANCELLED;
}

int main(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  struct task inner = {0, 0, {0, 0}};
  struct task outer = {0, 1, {&inner, &with_cancel}};
  coro_any_task task = {&outer, &with_cancel};
  CHECK(coro_cancel_any(task, &cx) == CORO_PENDING);
  CHECK(cx.cancelling == 0);
  CHECK(coro_cancel_any(task, &cx) == CORO_CANCELLED);
  CHECK(cx.cancelling == 0 && outer.calls == 2 && inner.calls == 2);

  CHECK(coro_cancel_any((coro_any_task){0, &without_cancel}, &cx) ==
        CORO_CANCELLED);

  struct event event = {{event_poll, event_cancel}, 0};
  CHECK(coro_cancel_any(coro_erase_future(&event.future), &cx) ==
        CORO_CANCELLED);
  CHECK(event.cancelled == 1 && cx.cancelling == 0);
  CHECK(coro_future_cancel(&event.future, &cx) == CORO_CANCELLED);
  CHECK(event.cancelled == 2 && cx.cancelling == 0);
  struct event quiet = {{event_poll, NULL}, 0};
  CHECK(coro_future_cancel(&quiet.future, &cx) == CORO_CANCELLED);
  CHECK(quiet.cancelled == 0);
  return 0;
}
