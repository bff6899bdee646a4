// coro_spawn and coro_spawn_send over a spawner and a sender that refuse the
// n-th task: who asked hears why, nothing is lost, and the others run. The same
// over the executor's own and a pool's.
// RUN: %coro %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/coro.h>
#include <coro/pool.h>
#include <coro/testing.h>

enum { TASKS = 4, WHY = -77 };

static uint32_t ran; /* atomic */

yields static void work(void) {
  coro_yield_now();
  __atomic_fetch_add(&ran, 1, __ATOMIC_RELAXED);
}

/* How many were refused. */
yields static int spawn_all(void) {
  coro_spawned *spawned[TASKS];
  int refused = 0;
  for (int i = 0; i < TASKS; i++) {
    int error = coro_try_spawn(&spawned[i], work);
    CHECK(error == 0 || error == WHY);
    CHECK(!spawned[i] == (error != 0));
    refused += error != 0;
  }
  for (int i = 0; i < TASKS; i++) {
    if (spawned[i])
      CHECK(coro_wait(&spawned[i]->future) == CORO_DONE);
    coro_detach(spawned[i]);
  }
  return refused;
}

yields static int send_all(void) {
  coro_spawned *sent[TASKS];
  int refused = 0;
  for (int i = 0; i < TASKS; i++) {
    int error = coro_try_spawn_send(&sent[i], work);
    CHECK(error == 0 || error == WHY);
    refused += error != 0;
  }
  for (int i = 0; i < TASKS; i++) {
    if (sent[i])
      CHECK(coro_wait(&sent[i]->future) == CORO_DONE);
    coro_detach(sent[i]);
  }
  return refused;
}

static int run(coro_any_task task, coro_executor *executor) {
  coro_job job;
  ran = 0;
  coro_executor_add(executor, &job, task, NULL);
  CHECK(coro_executor_run(executor) == CORO_RUN_FINISHED);
  int refused;
  memcpy(&refused, coro_result_any(task), sizeof(refused));
  CHECK(ran == (uint32_t)(TASKS - refused));
  return refused;
}

static int run_spawning(uint64_t at, bool on, bool faulty) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_faulty_spawner spawner;
  coro_faulty_spawner_init(&spawner, &executor.spawner, at, on, WHY);
  if (faulty)
    coro_executor_context(&executor)->spawner = &spawner.spawner;
  coro_task(spawn_all) task;
  coro_start(&task, spawn_all);
  int refused = run(coro_erase(&task), &executor);
  CHECK(spawner.faults.seen == (faulty ? TASKS : 0));
  coro_executor_fini(&executor);
  return refused;
}

static int run_sending(coro_pool *pool, uint64_t at, bool on, bool faulty) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_faulty_sender sender;
  coro_faulty_sender_init(&sender, coro_pool_sender(pool), at, on, WHY);
  coro_executor_context(&executor)->sender =
      faulty ? &sender.sender : coro_pool_sender(pool);
  coro_task(send_all) task;
  coro_start(&task, send_all);
  int refused = run(coro_erase(&task), &executor);
  coro_executor_fini(&executor);
  return refused;
}

int main(void) {
  CHECK(run_spawning(0, false, false) == 0);
  CHECK(run_spawning(0, false, true) == 0);
  for (uint64_t at = 1; at <= TASKS; at++) {
    CHECK(run_spawning(at, false, true) == 1);
    CHECK(run_spawning(at, true, true) == TASKS + 1 - (int)at);
  }
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  CHECK(pool);
  CHECK(run_sending(pool, 0, false, false) == 0);
  for (uint64_t at = 1; at <= TASKS; at++)
    CHECK(run_sending(pool, at, true, true) == TASKS + 1 - (int)at);
  coro_pool_close(pool);
}
