#include "bench.h"
#include <coro/coro.h>

#ifdef LOCAL
#define WAKE coro_wake_local
#else
#define WAKE coro_wake
#endif

struct side {
  coro_waker waker;
  uint64_t left;
};

static yields void play(struct side *self, struct side *other) {
  for (; self->left; self->left--) {
    self->waker = coro_self()->waker;
    if (other->waker.ops)
      WAKE(other->waker);
    coro_suspend();
  }
  WAKE(other->waker);
}

uint64_t bench_run(uint64_t count) {
  coro_executor executor;
  coro_executor_init(&executor, 0, 0);
  static struct side a, b;
  a = b = (struct side){{0, 0}, count / 2};
  coro_task(play) tasks[2];
  coro_job jobs[2];
  coro_start(&tasks[0], play, &a, &b);
  coro_start(&tasks[1], play, &b, &a);
  for (int i = 0; i < 2; i++)
    coro_executor_add(&executor, &jobs[i], coro_erase(&tasks[i]), 0);
  coro_executor_run(&executor);
  coro_executor_fini(&executor);
  return a.left + b.left;
}
