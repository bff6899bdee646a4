// Who polls a generator and knows only its descriptor finds each value with
// coro_value_any; it is NULL for a task that hands out none.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t
#include "../check.h"

#include <coro/coro.h>

static yields_of(long) void squares(long n) {
  for (long i = 1; i <= n; i++)
    coro_yield(i * i);
}

static yields int once_more(int n) {
  coro_yield_now();
  return n;
}

int main(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_task(squares) generator;
  coro_start(&generator, squares, 3);
  coro_any_task any = coro_erase(&generator);
  for (long i = 1; i <= 3; i++) {
    CHECK(coro_poll_any(any, &cx) == CORO_YIELDED);
    CHECK(*(long *)coro_value_any(any) == i * i);
  }
  CHECK(coro_poll_any(any, &cx) == CORO_DONE);

  coro_task(once_more) task;
  coro_start(&task, once_more, 7);
  CHECK(!coro_value_any(coro_erase(&task)));
}
