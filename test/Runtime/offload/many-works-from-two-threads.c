// Works of many tasks on two executors, whose threads share the helpers: none
// is lost, none runs twice, and what it wrote is there when its task goes on.
// Some tasks are cancelled at any moment.
// RUN: %corocc %cflags -O2 %s -o %t && %t 100000
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t && %t 10000
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t 20000
#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>

enum { TASKS = 64 };
static coro_helpers helpers;
static long each_runs; /* works of one task */

struct one {
  coro_job job;
  long began, ran; /* ran: by helpers, of which one at a time has it */
  int cancelled;
};

static long add_one(struct one *one, long number) {
  one->ran++;
  return number + 1;
}
static yields void work(struct one *one) {
  for (long i = 0; i < each_runs; i++) {
    one->began++;
    CHECK(coro_offload(add_one, one, i) == i + 1);
    CHECK(one->ran == one->began);
  }
}
/* As many again, each for so short a time that cancelling meets it anywhere. */
static yields void work_briefly(struct one *one, uint64_t seed) {
  for (long i = 0; i < each_runs / 10; i++) {
    coro_task(work) often;
    coro_start(&often, work, one);
    if (!coro_timeout(next_random(&seed) % 20000, &often))
      one->cancelled++;
    CHECK(one->ran == one->began || one->ran == one->began - 1);
    one->began = one->ran = 0;
  }
}

static void *run_thread(void *seed) {
  static _Thread_local struct one all[2 * TASKS];
  coro_loop loop;
  CHECK(coro_loop_init(&loop) == 0);
  coro_executor_context(&loop.executor)->offloader = &helpers.offloader;
  coro_any_task tasks[2 * TASKS];
  for (int i = 0; i < 2 * TASKS; i++) {
    tasks[i] = i < TASKS ? coro_new(&coro_allocator_default, work, &all[i])
                         : coro_new(&coro_allocator_default, work_briefly,
                                    &all[i], (uint64_t)(uintptr_t)seed + i);
    coro_loop_add(&loop, &all[i].job, tasks[i], NULL);
  }
  CHECK(coro_loop_run(&loop) == 0);
  long cancelled = 0;
  for (int i = 0; i < 2 * TASKS; i++) {
    CHECK(i >= TASKS || all[i].ran == each_runs);
    cancelled += all[i].cancelled;
    coro_free(tasks[i]);
  }
  CHECK(cancelled > 0);
  coro_loop_fini(&loop);
  return NULL;
}

int main(int argc, char **argv) {
  CHECK(argc == 2);
  each_runs = atol(argv[1]) / (2 * TASKS);
  CHECK(coro_helpers_start(&helpers,
                           &(coro_helpers_options){
                               .max = 3, .limit = 8, .idle_ns = 200000}) == 0);
  pthread_t threads[2];
  for (uintptr_t i = 0; i < 2; i++)
    CHECK(!pthread_create(&threads[i], NULL, run_thread, (void *)(i + 1)));
  for (int i = 0; i < 2; i++)
    pthread_join(threads[i], NULL);
  coro_helpers_stop(&helpers);
}
