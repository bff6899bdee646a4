// Two async handles of one loop, each of which sends to the other.
#include "bench.h"
#include <uv.h>

struct side {
  uv_async_t async; // first
  struct side *other;
  uint64_t left;
};

static void play(uv_async_t *async) {
  struct side *self = (struct side *)async;
  if (!self->left) {
    uv_close((uv_handle_t *)&self->async, 0);
    uv_close((uv_handle_t *)&self->other->async, 0);
    return;
  }
  self->left--;
  uv_async_send(&self->other->async);
}

uint64_t bench_run(uint64_t count) {
  uv_loop_t loop;
  uv_loop_init(&loop);
  static struct side a, b;
  a = (struct side){.other = &b, .left = count / 2};
  b = (struct side){.other = &a, .left = count / 2};
  uv_async_init(&loop, &a.async, play);
  uv_async_init(&loop, &b.async, play);
  uv_async_send(&a.async);
  uv_run(&loop, UV_RUN_DEFAULT);
  uv_loop_close(&loop);
  return a.left + b.left;
}
