// A program of scopes in scopes, of children that spawn, wait, take, cancel and
// fail, is cancelled after its n-th poll, for each n; by its root, by the
// executor's shutdown, and the n-th poll's task alone. All that began has
// ended, and no memory is left.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fplugin-arg-coro-poison-dead %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan
// RUN: %t.asan
#include "run.h"

#include <coro/testing.h>

static long alive;
static uint64_t random_state;

struct life {
  long *parents, own; /* children that live; at the parent's, and here */
};
static yields void end_of(struct life *life) {
  CHECK(life->own == 0);
  if (next_random(&random_state) % 2)
    coro_yield_now();
  alive--;
  --*life->parents;
}
#define LIVE(parents)                                                          \
  __attribute__((cleanup(end_of))) struct life life = {(parents), 0};          \
  alive++;                                                                     \
  ++*(parents)

static raises(int) yields int leaf(long *parents, int rounds, int how) {
  LIVE(parents);
  for (int i = 0; i < rounds; i++)
    coro_yield_now();
  if (how == 1)
    coro_raise(5);
  return how;
}

static raises(int) yields
    int branch(long *parents, coro_scope *outer, int depth) {
  LIVE(parents);
  coro_child_storage(leaf) mine;
  coro_scope_var(scope, depth % 2 ? CORO_SCOPE_COLLECT : CORO_SCOPE_NONZERO);
  if (coro_scope_spawn_in(&scope, &mine, leaf, &life.own, 3, depth == 2))
    return 1;
  for (int i = 0; i < depth; i++) {
    coro_spawned *child =
        coro_scope_spawn(&scope, branch, &life.own, &scope, i);
    if (i == 1 && child)
      coro_detach(child);
  }
  if (outer && !coro_scope_spawn(outer, leaf, parents, 1, 0))
    coro_yield_now();
  coro_spawned *done = coro_scope_next(&scope);
  if (done)
    coro_detach(done);
  coro_spawned *own = coro_spawn(leaf, parents, 4, 0);
  if (own && coro_spawned_cancel(own) != CORO_PENDING)
    coro_detach(own);
  (void)!coro_timeout(0, &scope.all);
  if (depth == 3)
    return 3;
  coro_scope_wait(&scope);
  return depth == 1;
}

static yields void program(void) {
  long children = 0;
  coro_scoped (scope, CORO_SCOPE_COLLECT) {
    for (int i = 0; i < 4; i++)
      if (!coro_scope_spawn(&scope, branch, &children, &scope, i))
        break;
  }
  CHECK(children == 0);
}

enum { BY_ROOT, ALL, THE_NEXT, HOWS };

/* False if the program was over before. */
static bool cancel_after(long polls, int how, uint64_t seed) {
  random_state = 42 + seed;
  begin();
  coro_seeded seeded;
  coro_seeded_init(&seeded, seed);
  if (seed) {
    coro_executor_set_scheduler(&executor, &seeded.scheduler);
    refuse_at = (long)(next_random(&random_state) % 40);
  }
  static coro_spawn_storage(program) root;
  coro_start(&root.task, program);
  CHECK(!coro_spawn_any(&root.spawned, &executor.spawner,
                        coro_erase(&root.task)));
  for (long i = 0; i < polls; i++)
    coro_executor_step(&executor);
  bool was_there = coro_executor_jobs(&executor) != 0;
  if (how == BY_ROOT)
    coro_spawned_request_cancel(&root.spawned);
  else if (how == THE_NEXT && executor.first)
    coro_slot_cancel(executor.first);
  else if (how == ALL)
    CHECK(coro_executor_shutdown(&executor, CORO_SECOND) == 0);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(alive == 0);
  end();
  return was_there;
}

static void cancel_after_each(int how, uint64_t seed) {
  long polls = 0;
  while (cancel_after(polls, how, seed))
    polls++;
  CHECK(polls > (seed ? 0 : 100));
}

int main(void) {
  for (int how = 0; how < HOWS; how++)
    cancel_after_each(how, 0);
  for (uint64_t seed = 1; seed <= 20; seed++)
    for (int how = BY_ROOT; how <= ALL; how++)
      cancel_after_each(how, seed * 1000003);
}
