// Children write to their parent's variables, which are gone after it. However
// the parent leaves the scope, they have ended by then: at its end, by return,
// break, goto, an error, and where it is cancelled; also where a child fails,
// where a scope is in a scope, and where children spawn more.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fplugin-arg-coro-poison-dead %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan
// RUN: %t.asan
#include "run.h"

static int ended; // by their own

static yields void slow_end(long **count) {
  coro_yield_now();
  ++**count;
}

/* Counts itself in the parent's variable, at its end or where it is cancelled.
 */
static yields int borrow(long *count, int rounds) {
  __attribute__((cleanup(slow_end))) long *parents = count;
  for (int i = 0; i != rounds; i++)
    coro_yield_now();
  ended++;
  return (int)*parents * 0 + rounds;
}

enum { FALL, WAIT, RETURN, BREAK, GOTO, RAISE, FOREVER, WAYS };

static raises(int) yields int leave(int way, long *after) {
  long count = 0;
  coro_scoped (scope, 0) {
    for (int i = 0; i < 3; i++)
      CHECK(coro_scope_spawn(&scope, borrow, &count, way >= RETURN ? -1 : i));
    coro_yield_now();
    if (way == WAIT)
      CHECK(coro_scope_wait(&scope) && count == 3);
    if (way == RETURN)
      return 5;
    if (way == BREAK)
      break;
    if (way == GOTO)
      goto out;
    if (way == RAISE)
      coro_raise(7);
  }
out:
  CHECK(count == 3);
  *after = count;
  return 6;
}

static yields void leaves_in_all_ways(void) {
  for (int way = 0; way < FOREVER; way++) {
    long after = 0;
    int error, value = coro_catching(&error, leave(way, &after));
    CHECK(error == (way == RAISE ? 7 : 0));
    CHECK(error || value == (way == RETURN ? 5 : 6));
    CHECK(ended == (way < RETURN ? 3 : 0));
    CHECK(after == (way == RAISE || way == RETURN ? 0 : 3));
    ended = 0;
  }
}

/* The frame that the children write to is from the heap. */
static yields void is_cancelled(void) {
  long after = 0;
  coro_spawned *child = coro_spawn(leave, FOREVER, &after);
  for (int i = 0; i < 5; i++)
    coro_yield_now();
  CHECK(coro_spawned_cancel(child) == CORO_CANCELLED);
  coro_detach(child);
  CHECK(after == 0 && held == 0 && ended == 0);
}

/* As a part of another task: the others of a race are cancelled, and so are an
 * arm that runs out of time and the others where an arm of a join raises. */
static raises(int) yields void is_an_arm(void) {
  long after[3] = {0, 0, 0};
  coro_task(leave) quick, slow;
  coro_start(&slow, leave, FOREVER, &after[0]);
  coro_start(&quick, leave, FALL, &after[1]);
  CHECK(coro_race(&slow, &quick) == 1 && held == 0);
  CHECK(after[0] == 0 && after[1] == 3 && ended == 3);
  coro_start(&slow, leave, FOREVER, &after[2]);
  CHECK(!coro_timeout(0, &slow) && held == 0);
  coro_start(&slow, leave, FOREVER, &after[2]);
  coro_start(&quick, leave, RAISE, &after[2]);
  int error = 0;
  coro_try { coro_join(&slow, &quick); }
  coro_catch(int, e) { error = e; }
  CHECK(error == 7 && held == 0 && after[2] == 0 && ended == 3);
}

static bool leave_early; // then the outer scope takes nothing any more

static yields int in_scope_of_scope(int depth, coro_scope *outer, long *sum,
                                    long *top) {
  long below = 0;
  coro_scope_var(own, 0);
  for (int i = 0; i < depth; i++) {
    coro_spawned *child =
        coro_scope_spawn(&own, in_scope_of_scope, i, outer, &below, top);
    CHECK(child);
    if (i % 2)
      coro_detach(child);
  }
  if (depth == 2)
    CHECK(coro_scope_spawn(outer, borrow, top, 1) || leave_early);
  coro_yield_now();
  CHECK(coro_scope_wait(&own));
  *sum += below + 1;
  return 0;
}

static yields long nested(int depth) {
  long sum = 0, top = 0;
  coro_scope_var(scope, CORO_SCOPE_NONZERO | CORO_SCOPE_COLLECT);
  CHECK(coro_scope_spawn(&scope, in_scope_of_scope, depth, &scope, &sum, &top));
  coro_yield_now();
  if (leave_early)
    return -1;
  CHECK(!coro_scope_wait(&scope)); // for borrow returns 1
  CHECK(top == ended);
  return sum;
}

static yields int spawns_and_ends(coro_scope *scope, int n, int *runs) {
  coro_yield_now();
  ++*runs;
  if (n)
    coro_detach(coro_scope_spawn(scope, spawns_and_ends, scope, n - 1, runs));
  return n;
}

static yields int relay(int n) {
  int runs = 0;
  coro_scoped (scope, 0)
    CHECK(coro_scope_spawn(&scope, spawns_and_ends, &scope, n, &runs));
  CHECK(held <= 1);
  return runs;
}

int main(void) {
  RUN(leaves_in_all_ways);
  RUN(is_cancelled);
  RUN(is_an_arm);
  ended = 0;
  CHECK(RUN(nested, 5)->task.result == 32);
  CHECK(ended == 4);
  leave_early = true;
  RUN(nested, 5);
  CHECK(RUN(relay, 100)->task.result == 101);
}
