// What a scope does where a child fails, for each policy and each way to fail:
// the others are cancelled, or go on; the first that failed is known, also one
// that was detached. Children come out in the order of their ends, but for the
// detached, whose memory is then gone at once.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fsanitize=address,undefined %s -o %t.asan
// RUN: %t.asan
#include "run.h"

enum { RAISES = 1, IS_CANCELLED, RETURNS_NONZERO };

static raises(int) yields int fail(int how, int rounds) {
  for (int i = 0; i < rounds; i++)
    coro_yield_now();
  if (how == RAISES)
    coro_raise(rounds);
  if (how == IS_CANCELLED)
    coro_suspend();
  return rounds;
}

static yields void nothing(void) { coro_yield_now(); }

static coro_status status_of_others;

/* How many ended by themselves. */
static yields int run(int how, unsigned policy, bool detach) {
  coro_scope_var(scope, policy);
  coro_spawned *first = coro_scope_spawn(&scope, fail, 0, 9);
  coro_spawned *failing = coro_scope_spawn(&scope, fail, how, 2);
  coro_spawned *last = coro_scope_spawn(&scope, fail, 0, 0);
  CHECK(first && failing && last);
  CHECK(coro_scope_next(&scope) == last);
  bool counts = how != RETURNS_NONZERO || policy & CORO_SCOPE_NONZERO;
  if (detach)
    coro_detach(failing);
  for (int i = 0; how == IS_CANCELLED && i < 3; i++)
    coro_yield_now();
  if (how == IS_CANCELLED)
    coro_spawned_request_cancel(failing);
  CHECK(coro_scope_wait(&scope) == !counts);
  CHECK(scope.failed == (counts ? failing : NULL));
  if (counts)
    CHECK(coro_spawned_status(scope.failed) == (how == RAISES ? CORO_RAISED
                                                : how == IS_CANCELLED
                                                    ? CORO_CANCELLED
                                                    : CORO_DONE));
  if (how == RAISES)
    CHECK(*(int *)coro_error_any(scope.failed->job.task) == 2);
  CHECK(held == 1 + 2 + (counts || !detach));
  if (!detach)
    CHECK(coro_scope_next(&scope) == failing);
  CHECK(coro_scope_next(&scope) == first && !coro_scope_next(&scope));
  CHECK(coro_scope_wait(&scope) == !counts);
  status_of_others = coro_spawned_status(first);
  coro_detach(last);
  CHECK(held == 1 + 1 + (counts || !detach));
  if (detach)
    return 0;
  coro_detach(failing); // stays, as the one that failed
  CHECK(held == 1 + 1 + counts);
  return 0;
}

static coro_spawned *root;
static yields int runs_inside(int how, unsigned policy, bool detach) {
  return run(how, policy, detach);
}

/* In memory from the counting allocator itself, which makes held one more. */
static void check(int how, unsigned policy, coro_status others) {
  for (int detach = 0; detach < 2; detach++) {
    begin();
    root = coro_spawn_on(&executor.spawner, &counting, runs_inside, how, policy,
                         detach);
    CHECK(root && coro_executor_run(&executor) == CORO_RUN_FINISHED);
    CHECK(coro_spawned_status(root) == CORO_DONE);
    CHECK(status_of_others == others);
    coro_detach(root);
    end();
  }
}

static yields void many_of_nothing(void) {
  coro_scope_var(scope, CORO_SCOPE_NONZERO);
  for (int i = 0; i < 1000; i++)
    coro_detach(coro_scope_spawn(&scope, nothing));
  CHECK(coro_scope_wait(&scope) && !coro_scope_take(&scope) && held == 0);
  coro_spawned *one = coro_scope_spawn(&scope, nothing);
  coro_spawned *two = coro_scope_spawn(&scope, nothing);
  CHECK(one && two && coro_scope_wait(&scope));
  coro_detach(one); // ended, and not taken
  CHECK(coro_scope_take(&scope) == two && !coro_scope_take(&scope));
  coro_detach(two);
  CHECK(held == 0);
  // Whoever cancels it all knows: that is no failure.
  CHECK(coro_scope_spawn(&scope, nothing));
  coro_scope_cancel(&scope);
  coro_scope_cancel(&scope);
  CHECK(coro_scope_wait(&scope));
}

static yields int children_in_storage(void) {
  coro_child_storage(fail) here[3];
  coro_scope_var(scope, CORO_SCOPE_NONZERO);
  for (int i = 0; i < 3; i++)
    CHECK(!coro_scope_spawn_in(&scope, &here[i], fail, 0, i));
  CHECK(coro_scope_next(&scope) == &here[0].child.spawned);
  coro_detach(&here[0].child.spawned);
  CHECK(!coro_scope_spawn_in(&scope, &here[0], fail, 0, 5)); // again
  CHECK(!coro_scope_wait(&scope));
  CHECK(scope.failed == &here[1].child.spawned);
  CHECK(coro_spawned_result(scope.failed, fail) == 1);
  CHECK(coro_spawned_status(&here[0].child.spawned) == CORO_CANCELLED);
  CHECK(coro_spawned_status(&here[2].child.spawned) == CORO_CANCELLED);
  CHECK(asked == 0);
  return 1;
}

static yields int times_out(void) {
  coro_scope_var(scope, 0);
  coro_spawned *slow = coro_scope_spawn(&scope, fail, IS_CANCELLED, 1);
  CHECK(slow && !coro_timeout(0, &scope.all) && !coro_timeout(0, &scope.next));
  CHECK(coro_scope_spawn(&scope, fail, 0, 3));
  coro_spawned *quick = coro_spawn(fail, 0, 1);
  CHECK(coro_race(&scope.all, &scope.next, quick) == 2);
  CHECK(coro_race(&scope.all, &scope.next) == 1);
  CHECK(coro_spawned_result(coro_scope_take(&scope), fail) == 3);
  coro_detach(quick);
  return 1;
}

int main(void) {
  for (int how = RAISES; how <= RETURNS_NONZERO; how++) {
    check(how, CORO_SCOPE_NONZERO, CORO_CANCELLED);
    check(how, CORO_SCOPE_COLLECT, CORO_DONE);
    check(how, CORO_SCOPE_COLLECT | CORO_SCOPE_NONZERO, CORO_DONE);
    check(how, 0, how == RETURNS_NONZERO ? CORO_DONE : CORO_CANCELLED);
  }
  RUN(many_of_nothing);
  CHECK(RUN(children_in_storage)->task.result);
  CHECK(RUN(times_out)->task.result);
}
