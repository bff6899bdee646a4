// Over a pool: trees of scopes that were sent run on the thread that polled
// their root, with all their children; tasks of the pool send more, and wait
// for those. Half of the trees are cancelled from outside at some time.
// RUN: %corocc %cflags -O2 %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan
// RUN: %t.asan
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>

static long alive, grown; // atomic

static yields void clean(long **count) {
  coro_yield_now();
  --**count;
  __atomic_fetch_sub(&alive, 1, __ATOMIC_RELAXED);
}

/* `count` is of the parent: its thread's alone. */
static yields long branch(int depth, long *count, pthread_t thread) {
  CHECK(pthread_equal(pthread_self(), thread));
  __attribute__((cleanup(clean))) long *parents = count;
  ++*parents;
  __atomic_fetch_add(&alive, 1, __ATOMIC_RELAXED);
  long below = 0, sum = 1;
  coro_scoped (scope, 0) {
    for (int i = 0; i < depth; i++)
      CHECK(coro_scope_spawn(&scope, branch, i, &below, thread));
    coro_yield_now();
    CHECK(pthread_equal(pthread_self(), thread));
    for (coro_spawned *child; (child = coro_scope_next(&scope));)
      sum += *(long *)coro_result_any(child->job.task);
  }
  CHECK(below == 0);
  return sum;
}

static yields long tree(int depth) {
  long count = 0, sum = 0;
  coro_scoped (scope, 0) {
    coro_spawned *root =
        coro_scope_spawn(&scope, branch, depth, &count, pthread_self());
    CHECK(root && coro_scope_wait(&scope));
    sum = coro_spawned_result(root, branch);
  }
  CHECK(count == 0 && sum == 1L << depth);
  __atomic_fetch_add(&grown, 1, __ATOMIC_RELAXED);
  return sum;
}

enum { TREES = 40, DEPTH = 6 };

static yields void wood(void) {
  coro_spawned *trees[TREES];
  for (int i = 0; i < TREES; i++)
    CHECK(!coro_try_spawn_send(&trees[i], tree, DEPTH));
  for (int i = 0; i < TREES; i++) {
    coro_status status = i % 2 ? coro_spawned_cancel(trees[i])
                               : (coro_status)coro_wait(trees[i]);
    CHECK(status == CORO_DONE || (i % 2 && status == CORO_CANCELLED));
    CHECK(status != CORO_DONE ||
          coro_spawned_result(trees[i], tree) == 1L << DEPTH);
    coro_detach(trees[i]);
  }
}

int main(void) {
  int error;
  coro_pool_options options = {.workers = 3};
  coro_pool *pool = coro_pool_open(&options, &error);
  CHECK(pool);
  for (int i = 0; i < 10; i++) {
    coro_spawned *all[3];
    for (int k = 0; k < 3; k++)
      CHECK(!coro_try_spawn_send_on(&all[k], coro_pool_sender(pool),
                                    &coro_allocator_default, wood));
    for (int k = 0; k < 3; k++) {
      CHECK(coro_block_on_future(&all[k]->future) == CORO_DONE);
      coro_detach(all[k]);
    }
  }
  for (int i = 0; i < TREES; i++) // the pool's end cancels what it likes
    coro_detach(coro_spawn_send_on(coro_pool_sender(pool),
                                   &coro_allocator_default, tree, DEPTH));
  coro_pool_stop(pool, CORO_FOREVER);
  CHECK(coro_pool_join(pool) == 0);
  coro_pool_close(pool);
  CHECK(alive == 0 && grown >= 10 * 3 * TREES / 2);
}
