// However little time a shutdown has, each task has a turn: those that wait,
// are ready or were never polled are ended. What would not stop is counted and
// dumped, by one call for executors, closed sets and pools; where all has ended
// nothing is written.
// RUN: %coro %cflags -O2 %s %rt -o %t && %t > %t.txt
// RUN: %filecheck %s --input-file %t.txt
// RUN: %coro %cflags -O0 %s %rt -o %t0 && %t0 > %t0.txt
// RUN: %filecheck %s --input-file %t0.txt
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %root/runtime/time/sleep.c %rt_src -o %t.asan && %t.asan > /dev/null
#include "../check.h"

#include <coro/coro.h>
#include <coro/pool.h>
#include <unistd.h>

enum { OUT = STDOUT_FILENO };

static _Atomic int begun, cleaned;
static void clean(int *unused) {
  (void)unused;
  cleaned++;
}

static yields void waits(void) {
  __attribute__((cleanup(clean))) int unused = 0;
  begun++;
  coro_sleep(CORO_FOREVER);
}
static yields void is_ready(void) {
  __attribute__((cleanup(clean))) int unused = 0;
  begun++;
  for (;;)
    coro_yield_now();
}
static yields void stays(void) {
  begun++;
  coro_shield { coro_sleep(CORO_FOREVER); }
}

// CHECK:      executor
// CHECK-NEXT: 1 task
// CHECK-NEXT: 1. stays: waiting, being cancelled
// CHECK:      then nothing
static void in_an_executor(void) {
  coro_executor executor;
  coro_task(waits) waiting;
  coro_task(is_ready) ready;
  coro_task(stays) staying;
  coro_task(waits) never_polled;
  coro_job jobs[4];
  coro_executor_init(&executor, NULL, NULL);
  coro_start(&waiting, waits);
  coro_start(&ready, is_ready);
  coro_start(&staying, stays);
  coro_start(&never_polled, waits);
  coro_executor_add(&executor, &jobs[0], coro_erase(&waiting), NULL);
  coro_executor_add(&executor, &jobs[1], coro_erase(&ready), NULL);
  coro_executor_add(&executor, &jobs[2], coro_erase(&staying), NULL);
  for (int i = 0; i < 20; i++)
    CHECK(coro_executor_step(&executor));
  coro_executor_add(&executor, &jobs[3], coro_erase(&never_polled), NULL);
  coro_executor_stop(&executor); /* must not matter */
  dprintf(OUT, "executor\n");
  CHECK(coro_executor_shutdown_dump(&executor, 0, OUT) == 1);
  CHECK(begun == 3 && cleaned == 2);
  CHECK(!coro_job_remove(&jobs[2]));
  CHECK(coro_executor_shutdown_dump(&executor, 0, OUT) == 0);
  dprintf(OUT, "then nothing\n");
  coro_executor_fini(&executor);
}

CORO_EXECUTOR(set, waits, is_ready, stays);

// CHECK-NEXT: closed set
// CHECK-NEXT: 1 task
// CHECK-NEXT: {{[0-9]+}}. stays: waiting, being cancelled
// CHECK:      then nothing
static void in_a_closed_set(void) {
  struct set_slot slots[80];
  struct set e;
  begun = cleaned = 0;
  set_init(&e, slots, 80, NULL, NULL);
  CHECK(coro_closed_spawn(&e, stays));
  for (int i = 0; i < 70; i++) /* more than one look at the clock */
    CHECK(i % 2 ? coro_closed_spawn(&e, waits)
                : coro_closed_spawn(&e, is_ready));
  for (int i = 0; i < 71; i++)
    CHECK(set_step(&e));
  CHECK(coro_closed_spawn(&e, is_ready));
  set_stop(&e);
  dprintf(OUT, "closed set\n");
  CHECK(coro_closed_shutdown_dump(set, &e, 0, OUT) == 1);
  CHECK(begun == 71 && cleaned == 70);
  set_fini(&e);
  CHECK((set_init(&e, slots, 80, NULL, NULL), coro_closed_spawn(&e, waits)));
  CHECK(coro_closed_shutdown_dump(set, &e, 0, OUT) == 0);
  dprintf(OUT, "then nothing\n");
  set_fini(&e);
}

// CHECK-NEXT: pool
// CHECK-NEXT: worker 0: 1 task
// CHECK-NEXT: 1. stays: waiting, being cancelled
// CHECK:      then nothing
static void in_a_pool(void) {
  coro_pool_options one = {.workers = 1};
  int error;
  coro_pool *pool = coro_pool_open(&one, &error);
  CHECK(pool);
  coro_task(waits) waiting;
  coro_task(stays) staying;
  coro_job jobs[2];
  begun = cleaned = 0;
  coro_start(&waiting, waits);
  coro_start(&staying, stays);
  CHECK(!coro_pool_send(pool, &jobs[0], coro_erase(&waiting), NULL));
  CHECK(!coro_pool_send(pool, &jobs[1], coro_erase(&staying), NULL));
  while (begun < 2)
    usleep(1000);
  usleep(10000); /* so that it is in its shield */
  dprintf(OUT, "pool\n");
  CHECK(coro_pool_shutdown_dump(pool, 0, OUT) == 1);
  CHECK(cleaned == 1);
  CHECK(!coro_job_remove(&jobs[1]));
  coro_pool_close(pool);

  pool = coro_pool_open(&one, &error);
  CHECK(pool);
  coro_start(&waiting, waits);
  CHECK(!coro_pool_send(pool, &jobs[0], coro_erase(&waiting), NULL));
  CHECK(coro_pool_shutdown_dump(pool, 0, OUT) == 0);
  dprintf(OUT, "then nothing\n");
  coro_pool_close(pool);
}

int main(void) {
  in_an_executor();
  in_a_closed_set();
  in_a_pool();
}
