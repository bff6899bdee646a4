// A table whose version nobody set, or that is newer than the runtime, is
// refused by whoever runs an executor with it, before the first poll: each
// capability, and the scheduler; by the generic executor, its runner, a closed
// set and a pool. An older one is taken, and what came later is not called.
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_src -o %t && %t
#include "../check.h"

#include <coro/coro.h>
#include <coro/testing.h>

static int polls;

static yields void task(void) {
  polls++;
  coro_yield_now();
}

CORO_EXECUTOR(set, task);

/* Begins as all tables do; what follows is never called. */
struct table {
  uint32_t version;
  void (*functions[8])(void);
};
struct capability {
  const void *ops;
};

enum { KINDS = 8 };

/* The n-th capability of the executor becomes this one. */
static void offer(coro_executor *executor, int kind, void *capability) {
  coro_context *cx = coro_executor_context(executor);
  void **places[] = {(void **)&cx->reactor,    (void **)&cx->timers,
                     (void **)&cx->allocator,  (void **)&cx->spawner,
                     (void **)&cx->sender,     (void **)&cx->offloader,
                     (void **)&cx->completion, (void **)&executor->scheduler};
  *places[kind] = capability;
}

static void generic(int kind, void *capability, int expected) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_task(task) one;
  coro_job job;
  coro_start(&one, task);
  coro_executor_add(&executor, &job, coro_erase(&one), NULL);
  offer(&executor, kind, capability);
  polls = 0;
  uint64_t until;
  CHECK(coro_executor_check(&executor) == expected);
  if (expected) {
    CHECK(coro_executor_run(&executor) == expected);
    CHECK(coro_runner_run(&executor.runner) == expected);
    CHECK(coro_runner_step(&executor.runner, &until) == expected);
    CHECK(polls == 0);
  }
  offer(&executor, kind, NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED && polls == 1);
  coro_executor_fini(&executor);
}

static void closed(void *capability) {
  struct set_slot slots[1];
  struct set set;
  set_init(&set, slots, 1, NULL, capability);
  CHECK(coro_closed_spawn(&set, task));
  polls = 0;
  uint64_t until;
  CHECK(set_run(&set) == CORO_UNKNOWN_VERSION);
  CHECK(coro_runner_step(set_runner(&set), &until) == CORO_UNKNOWN_VERSION);
  CHECK(polls == 0);
  set_fini(&set);
}

static void give(void *capability, coro_executor *executor, uint32_t worker) {
  (void)worker;
  coro_executor_context(executor)->completion = capability;
}

static void pool(void *capability) {
  int error;
  coro_pool *pool = coro_pool_open(
      &(coro_pool_options){.workers = 1, .user = capability, .begin = give},
      &error);
  CHECK(pool);
  coro_pool_wait(pool, CORO_FOREVER);
  coro_pool_stop(pool, 0);
  CHECK(coro_pool_join(pool) == CORO_UNKNOWN_VERSION);
  coro_pool_close(pool);
}

static int surprise(coro_reactor *reactor) {
  (void)reactor;
  abort();
}

static void later_functions(void) {
  static coro_fake fake;
  coro_fake_init(&fake, NULL, 0);
  coro_reactor_ops old = *fake.reactor.ops;
  old.version = 1;
  old.descriptor = surprise;
  coro_reactor reactor = {&old};
  CHECK(coro_reactor_descriptor(&reactor) == CORO_NOT_OFFERED);
  old.version = 2;
  old.descriptor = NULL;
  CHECK(coro_reactor_descriptor(&reactor) == CORO_NOT_OFFERED);
}

int main(void) {
  for (int kind = 0; kind < KINDS; kind++) {
    struct table table = {0};
    struct capability nobody_set = {&table}, no_table = {NULL};
    generic(kind, &nobody_set, CORO_UNKNOWN_VERSION);
    generic(kind, &no_table, CORO_UNKNOWN_VERSION);
    table.version = CORO_CAPABILITY_VERSION + 1;
    generic(kind, &nobody_set, CORO_UNKNOWN_VERSION);
    for (table.version = 1; table.version <= CORO_CAPABILITY_VERSION;
         table.version++)
      generic(kind, &nobody_set, 0);
  }
  struct table table = {0};
  struct capability nobody_set = {&table};
  closed(&nobody_set);
  pool(&nobody_set);
  later_functions();
}
