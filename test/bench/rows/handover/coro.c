// A task on an executor of each thread; wakers and nothing else between them.
#include "bench.h"
#include <coro/coro.h>
#include <pthread.h>

static coro_event turns[2];

static yields void play(int side, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) {
    coro_event_wait(&turns[side]);
    coro_event_reset(&turns[side]);
    coro_event_set(&turns[!side]);
  }
}

struct player {
  int side;
  uint64_t count;
};

static void *run(void *data) {
  struct player *player = data;
  coro_executor executor;
  coro_executor_init(&executor, 0, 0);
  coro_task(play) task;
  coro_job job;
  coro_start(&task, play, player->side, player->count);
  coro_executor_add(&executor, &job, coro_erase(&task), 0);
  coro_executor_run(&executor);
  coro_executor_fini(&executor);
  return 0;
}

uint64_t bench_run(uint64_t count) {
  struct player here = {0, count}, there = {1, count};
  turns[0] = turns[1] = (coro_event)CORO_EVENT_SHARED_INIT;
  coro_event_set(&turns[0]);
  pthread_t thread;
  pthread_create(&thread, 0, run, &there);
  run(&here);
  pthread_join(thread, 0);
  return count;
}
