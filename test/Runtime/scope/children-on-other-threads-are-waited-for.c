// Sent children of a scope run on a pool and write to their parent's variables.
// The scope ends after them by every way out, also where one fails, where the
// parent is cancelled, and where the sender refuses, with a spawner that can
// take a task out again and one that cannot. Memory is taken and given back on
// the parent's thread.
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan
// RUN: %t.asan
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t.tsan && %t.tsan
#include "run.h"

#include <pthread.h>

static coro_pool *pool;
static pthread_t own_thread;
static uint64_t random_state = 99;

static yields void one_less(_Atomic int **count) {
  coro_yield_now();
  --**count;
}

/* Each writes a number of its own, and all count in one. */
static raises(int) yields
    long part(int *number, _Atomic int *count, int rounds) {
  __attribute__((cleanup(one_less))) _Atomic int *alive = count;
  ++*alive;
  CHECK(!pthread_equal(pthread_self(), own_thread));
  for (int i = 0; i != rounds; i++)
    coro_yield_now();
  *number = rounds;
  if (rounds == 7)
    coro_raise(70);
  return rounds;
}

enum { PARTS = 6, WAIT, NEXT, LEAVE, FAIL, BE_CANCELLED, WAYS };

static yields int spread(int way) {
  _Atomic int count = 0;
  int numbers[PARTS] = {0};
  {
    coro_scope_var(scope, 0);
    coro_spawned *children[PARTS];
    for (int i = 0; i < PARTS; i++) {
      int rounds = way == BE_CANCELLED             ? -1
                   : way == FAIL && i == PARTS / 2 ? 7
                   : way == FAIL                   ? -1
                                                   : i;
      CHECK(!coro_scope_try_spawn_send(&children[i], &scope, part, &numbers[i],
                                       &count, rounds));
    }
    if (next_random(&random_state) % 2)
      coro_detach(children[1]);
    if (way == LEAVE && next_random(&random_state) % 2)
      coro_yield_now();
    if (way == WAIT) {
      CHECK(coro_scope_wait(&scope));
      CHECK(coro_spawned_result(children[5], part) == 5);
      CHECK(coro_wait(children[5]) == CORO_DONE);
    }
    if (way == NEXT)
      for (coro_spawned *child; (child = coro_scope_next(&scope));)
        coro_detach(child);
    if (way == FAIL) {
      CHECK(!coro_scope_wait(&scope));
      CHECK(scope.failed == children[PARTS / 2]);
      CHECK(*(int *)coro_error_any(scope.failed->job.task) == 70);
    }
    if (way == BE_CANCELLED) {
      coro_scope_wait(&scope);
      CHECK(false);
    }
  }
  CHECK(count == 0);
  for (int i = 0; i < PARTS && (way == WAIT || way == NEXT); i++)
    CHECK(numbers[i] == i);
  return way;
}

static yields void all_ways(void) {
  coro_self()->sender = coro_pool_sender(pool);
  for (int round = 0; round < 100; round++)
    for (int way = WAIT; way < WAYS; way++) {
      __attribute__((cleanup(coro_spawned_close))) coro_spawned *s =
          coro_spawn(spread, way);
      CHECK(s);
      for (uint64_t i = next_random(&random_state) % 8; i; i--)
        coro_yield_now();
      CHECK(way == BE_CANCELLED || coro_wait(s) == CORO_DONE);
    }
}

static int be_busy(coro_sender *self, coro_job *job, coro_any_task task,
                   coro_on_done *on_done) {
  (void)self, (void)job, (void)task, (void)on_done;
  return CORO_BUSY;
}
static const coro_sender_ops busy_ops = {CORO_CAPABILITY_VERSION, be_busy,
                                         NULL};
static coro_sender busy = {&busy_ops};

static yields void is_refused(bool removes) {
  static coro_spawner_ops keeping;
  coro_spawner *spawner = coro_self()->spawner;
  const coro_spawner_ops *ops = spawner->ops;
  keeping = *ops;
  keeping.remove = NULL;
  if (!removes)
    spawner->ops = &keeping;
  coro_self()->sender = NULL;
  coro_spawned *child;
  int number;
  _Atomic int count = 0;
  {
    coro_scope_var(none, 0);
    CHECK(coro_scope_try_spawn_send(&child, &none, part, &number, &count, 1) ==
          CORO_NOT_OFFERED);
    coro_self()->sender = &busy;
    coro_scope_var(scope, 0);
    for (int i = 0; i < 2; i++)
      CHECK(coro_scope_try_spawn_send(&child, &scope, part, &number, &count,
                                      1) == CORO_BUSY);
    CHECK(!child && held == (removes ? 0 : 2));
    CHECK(coro_scope_wait(&scope) && held == 0);
    CHECK(!coro_scope_spawn_send(&scope, part, &number, &count, 1));
    coro_scope_set_allocator(&scope, NULL);
    CHECK(coro_scope_try_spawn_send(&child, &scope, part, &number, &count, 1) ==
          CORO_REFUSED);
    coro_scope_cancel(&scope);
    coro_scope_set_allocator(&scope, &counting);
    CHECK(coro_scope_try_spawn_send(&child, &scope, part, &number, &count, 1) ==
          CORO_ENDED);
  }
  CHECK(held == 0);
  spawner->ops = ops;
}

int main(void) {
  int error;
  coro_pool_options options = {.workers = 2};
  pool = coro_pool_open(&options, &error);
  CHECK(pool);
  own_thread = pthread_self();
  RUN(all_ways);
  CHECK(asked > 100 * 4 * (PARTS + 1));
  RUN(is_refused, true);
  RUN(is_refused, false);
  coro_pool_close(pool);
}
