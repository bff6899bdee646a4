// RUN: %clang %cflags %s %rt -o %t && %t
#include "../check.h"

#include <coro/context.h>

int main(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  CHECK(cx.waker.ops == &coro_waker_noop && !cx.waker.data);
  CHECK(!cx.executor && !cx.reactor && !cx.timers);
  coro_wake(cx.waker);
  coro_wake(cx.waker);
}
