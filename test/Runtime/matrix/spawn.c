// Spawned tasks and scopes, over executors and sanitizers: see matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 30
// RUN: %corocc %cflags -O2 %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 30
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 20
#include "matrix.h"

enum { LONG_CHILD = 1 << 30 }; /* ends when it is cancelled */
static int live;               /* children that have begun and not ended */

static void begin(void) { live = 0; }
static void end(void) { CHECK(live == 0); }

static void leave(int *n) {
  CHECK(*n >= 0);
  ADD(live, -1);
}
static yields int child(int n, int times) {
  ADD(live, 1);
  __attribute__((cleanup(leave))) int left = n;
  yield_times(times);
  return n;
}

static yields void spawns(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_spawned *a = coro_spawn(child, 1, n), *b = 0;
    CHECK(a && coro_try_spawn(&b, child, 2, i % 3) == 0);
    CHECK(coro_wait(a) == CORO_DONE && coro_spawned_result(a, child) == 1);
    coro_detach(a);
    coro_status status = coro_spawned_cancel(b);
    CHECK(status == CORO_CANCELLED || status == CORO_DONE);
    coro_detach(b);
    coro_spawn_storage(child) here;
    CHECK(coro_spawn_in(&here, child, 3, n) == 0);
    CHECK(coro_timeout(LONG, &here.spawned) && here.task.result == 3);
    coro_spawned_close(&(coro_spawned *){&here.spawned});
  }
}

static yields void scopes(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_child_storage(child) here;
    coro_scoped (scope, 0) {
      CHECK(coro_scope_spawn(&scope, child, 1, n));
      CHECK(coro_scope_spawn_in(&scope, &here, child, 2, i % 4) == 0);
    }
    CHECK(here.task.result == 2);
    coro_scope_var(all, CORO_SCOPE_NONZERO);
    coro_spawned *one;
    CHECK(coro_scope_try_spawn(&one, &all, child, 1, i % 3) == 0);
    CHECK(coro_scope_spawn(&all, child, 0, LONG_CHILD));
    CHECK(!coro_scope_wait(&all) && all.failed == one);
  }
}

/* A task of coro_new, for which nothing but coro_scope_spawn_any is made. */
static yields void scopes_of_any(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_task(child) task;
    coro_child place;
    coro_start(&task, child, n, i % 3);
    coro_scope_var(scope, 0);
    CHECK(coro_scope_spawn_any(&scope, &place, coro_erase(&task)) == 0);
    coro_spawned *ended = coro_scope_next(&scope);
    CHECK(ended == &place.spawned && coro_scope_next(&scope) == NULL);
    CHECK(coro_spawned_result(ended, child) == n);
  }
}

static yields void open_scope(int n) {
  coro_scoped (scope, 0) {
    for (int i = 0; i < 3; i++)
      CHECK(coro_scope_spawn(&scope, child, n, i == n ? 1 : LONG_CHILD));
  }
}
static yields void scopes_are_cancelled(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_task(open_scope) opens;
    coro_task(yield_times) others;
    coro_start(&opens, open_scope, n);
    coro_start(&others, yield_times, i % 4);
    CHECK(coro_race(&opens, &others) == 1);
  }
}

static yields void sends(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_spawned *a = coro_spawn_send(child, 1, n), *b;
    CHECK(a && coro_try_spawn_send(&b, child, 2, i % 3) == 0);
    CHECK(coro_wait(a) == CORO_DONE && coro_spawned_result(a, child) == 1);
    coro_detach(a);
    coro_detach(b);
    coro_scoped (scope, 0) {
      coro_spawned *c;
      CHECK(coro_scope_spawn_send(&scope, child, 1, n));
      CHECK(coro_scope_try_spawn_send(&c, &scope, child, 1, i % 3) == 0);
      if (i % 2)
        coro_scope_cancel(&scope);
    }
    coro_sent_storage(child) here;
    CHECK(coro_spawn_send_in(&here, child, 4, n) == 0);
    CHECK(coro_wait(&here.sent) == CORO_DONE && here.task.result == 4);
  }
}

/* Several wait for the same one at the same time. */
static yields void hear(coro_spawned *one, int times) {
  CHECK(coro_wait(one) == CORO_DONE && coro_spawned_result(one, child) == 7);
  coro_shared_wait_op op;
  coro_shared_wait_op_init(&op, &one->shared);
  CHECK(coro_wait(&op) == CORO_DONE);
  yield_times(times);
}
static yields void are_heard(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_spawned *one = coro_spawn(child, 7, n);
    CHECK(one);
    coro_scoped (scope, 0) {
      for (int j = 0; j < 3; j++)
        CHECK(coro_scope_spawn(&scope, hear, one, j));
    }
    coro_detach(one);
  }
}
static yields void sent_are_heard(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_spawned *one = coro_spawn_send(child, 7, n);
    CHECK(one);
    coro_scoped (scope, 0) {
      for (int j = 0; j < 3; j++)
        CHECK(j ? coro_scope_spawn_send(&scope, hear, one, j)
                : coro_scope_spawn(&scope, hear, one, j));
      if (i % 4 == 3)
        coro_scope_cancel(&scope);
    }
    coro_detach(one);
  }
}

#define CASES(X)                                                               \
  X(spawns, NEEDS_SPAWNER)                                                     \
  X(scopes, NEEDS_SPAWNER)                                                     \
  X(scopes_of_any, NEEDS_SPAWNER)                                              \
  X(scopes_are_cancelled, NEEDS_SPAWNER)                                       \
  X(sends, NEEDS_SENDER)                                                       \
  X(are_heard, NEEDS_SPAWNER) X(sent_are_heard, NEEDS_SENDER)
#define ONLY_OPEN_EXECUTORS
#include "run.h"
