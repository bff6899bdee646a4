// A wake before the wait is kept, two are one, and a wake from another thread
// ends the wait and makes visible what was written before it.
// RUN: %clang %cflags %s %rt -o %t && %t
// RUN: %clang %cflags -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
// RUN: %clang %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
#include "../check.h"

#include <coro/task.h>
#include <pthread.h>

enum { ROUNDS = 20000 };

struct exchange {
  coro_parker main, other;
  int value;
};

static void *answer(void *argument) {
  struct exchange *self = argument;
  for (int i = 0; i < ROUNDS; i++) {
    coro_parker_wait(&self->other);
    CHECK(self->value == 2 * i);
    self->value++;
    coro_wake(self->main.context.waker);
  }
  return NULL;
}

int main(void) {
  static struct exchange exchange;
  coro_context *cx = coro_parker_begin(&exchange.main);
  CHECK(cx == &exchange.main.context);
  CHECK(!cx->executor && !cx->reactor && cx->timers);
  coro_parker_begin(&exchange.other);

  coro_wake(cx->waker);
  coro_wake(cx->waker);
  coro_parker_wait(&exchange.main); /* must not block */
  CHECK(exchange.main.woken == 0);

  pthread_t thread;
  CHECK(!pthread_create(&thread, NULL, answer, &exchange));
  for (int i = 0; i < ROUNDS; i++) {
    CHECK(exchange.value == 2 * i);
    coro_wake(exchange.other.context.waker);
    coro_parker_wait(&exchange.main);
    CHECK(exchange.value == 2 * i + 1);
    exchange.value++;
  }
  pthread_join(thread, NULL);
}
