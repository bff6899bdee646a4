#include "bench.h"
#include <coro/coro.h>
#include <pthread.h>

enum { PLACES = 64 };
static coro_channel channel;

static yields void produce(uint64_t count) {
  for (uint64_t i = 0; i < count; i++)
    coro_channel_send(&channel, &i);
}

static yields void consume(uint64_t count, uint64_t *sum) {
  uint64_t value;
  for (uint64_t i = 0; i < count; i++) {
    coro_channel_receive(&channel, &value);
    *sum += value;
  }
}

static void *produce_here(void *count) {
  coro_task(produce) task;
  coro_job job;
  coro_executor executor;
  coro_executor_init(&executor, 0, 0);
  coro_start(&task, produce, *(uint64_t *)count);
  coro_executor_add(&executor, &job, coro_erase(&task), 0);
  coro_executor_run(&executor);
  coro_executor_fini(&executor);
  return 0;
}

uint64_t bench_run(uint64_t count) {
  static uint64_t buffer[PLACES];
  uint64_t sum = 0;
  coro_executor executor;
  coro_executor_init(&executor, 0, 0);
  coro_task(consume) consumer;
  coro_job jobs[2];
  coro_start(&consumer, consume, count, &sum);
  coro_executor_add(&executor, &jobs[0], coro_erase(&consumer), 0);
#ifdef THREADS
  coro_channel_init_shared(&channel, buffer, PLACES, sizeof(buffer[0]));
  pthread_t thread;
  pthread_create(&thread, 0, produce_here, &count);
  coro_executor_run(&executor);
  pthread_join(thread, 0);
#else
  coro_channel_init(&channel, buffer, PLACES, sizeof(buffer[0]));
  coro_task(produce) producer;
  coro_start(&producer, produce, count);
  coro_executor_add(&executor, &jobs[1], coro_erase(&producer), 0);
  coro_executor_run(&executor);
#endif
  coro_executor_fini(&executor);
  return sum;
}
