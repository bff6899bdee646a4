// What is left when the deadline of a shutdown is over can be dumped: in an
// executor and, once its threads are over, in a pool. Slots are listed, too,
// and tasks in the middle of their cleanups.
// RUN: %coro %cflags -O2 %s %rt -o %t && %t > %t.txt
// RUN: %filecheck %s --input-file %t.txt
// RUN: %coro %cflags -O0 %s %rt -o %t0 && %t0 > %t0.txt
// RUN: %filecheck %s --input-file %t0.txt
#include "../check.h"

#include <coro/coro.h>
#include <unistd.h>

// CHECK:      4 tasks
// CHECK-NEXT: 1. cleans: waiting, being cancelled
// CHECK-NEXT:     cleans at {{.*}}stuck.c:10{{[3-6]}}
// CHECK-NEXT:     say_goodbye at {{.*}}stuck.c:101
// CHECK-NEXT:     coro_sleep at {{.*}}, waits for a timer, 3{{[56].*}} s left
// CHECK-NEXT: 2. stays: waiting, being cancelled
// CHECK-NEXT:     stays at {{.*}}stuck.c:109
// CHECK:      and 2 in slots that coro_executor_know_slots was not told
// CHECK-NEXT: 4 tasks
// CHECK:      3. stays: waiting, being cancelled
// CHECK:      4. stays: waiting, being cancelled
// CHECK-NOT:  know_slots

static uint32_t held; /* atomic: the helper's work goes on */

// clang-format off
#line 100 "stuck.c"
yields static void say_goodbye(int *length) {
  coro_sleep((uint64_t)*length * CORO_SECOND);
}
yields static void cleans(void) {
  __attribute__((cleanup(say_goodbye))) int length = 3600;
  coro_sleep(CORO_FOREVER);
}
yields static void stays(void) {
  coro_shield {
    coro_sleep(CORO_FOREVER);
  }
}
static void hold(void) {
  __atomic_store_n(&held, 1, __ATOMIC_RELEASE);
  while (__atomic_load_n(&held, __ATOMIC_ACQUIRE)) usleep(1000);
}
yields static void offloads(void) {
  coro_offload(hold);
}
static coro_boxed yields void deep(int depth) {
  if (depth) {
    int ran = coro_try_box(0, deep, depth - 1);
    (void)ran;
  } else {
    __attribute__((cleanup(say_goodbye))) int length = 3600;
    coro_sleep(CORO_FOREVER);
  }
}
#line 200 "main.c"
// clang-format on

// CHECK:      2 tasks
// CHECK-NEXT: 1. offloads: waiting, being cancelled
// CHECK-NEXT:     offloads at {{.*}}stuck.c:117
// CHECK:          coro_offload_call at {{.*}}, offloaded: hold, running
// CHECK-NEXT: 2. deep: waiting, being cancelled
// CHECK-NEXT:     deep at {{.*}}stuck.c:121
// CHECK-NEXT:     deep at {{.*}}stuck.c:121
// CHECK-NEXT:     deep at {{.*}}stuck.c:12{{[4-7]}}
// CHECK-NEXT:     say_goodbye at {{.*}}stuck.c:101
// CHECK-NEXT:     coro_sleep at {{.*}}, waits for a timer
static void check_work_and_boxes(void) {
  coro_loop loop;
  coro_helpers helpers;
  coro_job jobs[2];
  coro_task(offloads) first;
  CHECK(!coro_loop_init(&loop) && !coro_helpers_start(&helpers, NULL));
  coro_executor_context(&loop.executor)->offloader = &helpers.offloader;
  coro_any_task second = coro_new(&coro_allocator_default, deep, 2);
  coro_start(&first, offloads);
  coro_loop_add(&loop, &jobs[0], coro_erase(&first), NULL);
  coro_loop_add(&loop, &jobs[1], second, NULL);
  while (coro_executor_step(&loop.executor))
    ;
  while (!__atomic_load_n(&held, __ATOMIC_ACQUIRE))
    usleep(1000);
  CHECK(coro_executor_shutdown(&loop.executor, 10 * CORO_MILLISECOND) == 2);
  CHECK(coro_dump(&loop.executor, STDOUT_FILENO) == 2);
  __atomic_store_n(&held, 0, __ATOMIC_RELEASE);
  CHECK(coro_executor_shutdown(&loop.executor, 100 * CORO_MILLISECOND) == 1);
  CHECK(!coro_job_remove(&jobs[1]));
  coro_helpers_stop(&helpers);
  coro_loop_fini(&loop);
}

// CHECK:      worker 0: 1 task
// CHECK-NEXT: 1. stays: waiting, being cancelled
// CHECK:          coro_sleep at {{.*}}, waits for ever
static void check_pool(void) {
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 1}, &error);
  CHECK(pool);
  coro_task(stays) task;
  coro_job job;
  coro_start(&task, stays);
  CHECK(!coro_pool_send(pool, &job, coro_erase(&task), NULL));
  usleep(10000); /* so that it is in its shield */
  coro_pool_stop(pool, 10 * CORO_MILLISECOND);
  CHECK(coro_pool_join(pool) == 1);
  CHECK(coro_dump_pool(pool, STDOUT_FILENO) == 1);
  CHECK(!coro_job_remove(&job));
  coro_pool_close(pool);
}

int main(void) {
  coro_loop loop;
  coro_task(cleans) first;
  coro_task(stays) second;
  coro_job jobs[2];
  coro_slot(stays) slots[3] = {0}; /* the first is never used */
  coro_slots known = {NULL, slots, 3, sizeof(slots[0])};
  CHECK(!coro_loop_init(&loop));
  coro_start(&first, cleans);
  coro_start(&second, stays);
  coro_loop_add(&loop, &jobs[0], coro_erase(&first), NULL);
  coro_loop_add(&loop, &jobs[1], coro_erase(&second), NULL);
  for (int i = 1; i < 3; i++) {
    coro_start(&slots[i].task, stays);
    coro_executor_add_slot(&loop.executor, &slots[i].run,
                           coro_erase(&slots[i].task));
  }
  while (coro_executor_step(&loop.executor))
    ;
  for (int i = 1; i < 3; i++)
    coro_slot_cancel(&slots[i].run);
  CHECK(coro_executor_shutdown(&loop.executor, 10 * CORO_MILLISECOND) == 4);
  CHECK(coro_dump(&loop.executor, STDOUT_FILENO) == 2);
  coro_executor_know_slots(&loop.executor, &known);
  CHECK(coro_dump(&loop.executor, STDOUT_FILENO) == 4);
  coro_loop_fini(&loop);
  check_work_and_boxes();
  check_pool();
}
