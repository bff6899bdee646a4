// A loop on each thread, and an async handle of each for the other.
#include "bench.h"
#include <pthread.h>
#include <uv.h>

struct side {
  uv_async_t async; // first
  uv_loop_t loop;
  struct side *other;
  uint64_t left;
};

static void play(uv_async_t *async) {
  struct side *self = (struct side *)async;
  uv_async_send(&self->other->async);
  if (!--self->left)
    uv_stop(&self->loop);
}

static void *run(void *data) {
  struct side *self = data;
  uv_run(&self->loop, UV_RUN_DEFAULT);
  return 0;
}

static void end(struct side *self) {
  uv_close((uv_handle_t *)&self->async, 0);
  uv_run(&self->loop, UV_RUN_DEFAULT);
  uv_loop_close(&self->loop);
}

uint64_t bench_run(uint64_t count) {
  static struct side a, b;
  a.other = &b;
  b.other = &a;
  a.left = b.left = count;
  uv_loop_init(&a.loop);
  uv_loop_init(&b.loop);
  uv_async_init(&a.loop, &a.async, play);
  uv_async_init(&b.loop, &b.async, play);
  uv_async_send(&a.async);
  pthread_t thread;
  pthread_create(&thread, 0, run, &b);
  run(&a);
  pthread_join(thread, 0);
  end(&a);
  end(&b);
  return count;
}
