// A tree of 100 000 tasks, each with a scope for its children, is cancelled
// from its root, on a thread with a stack of 64 kB: a long chain, a wide fan,
// and trees in between. Each task runs its cleanup, those below before it.
// Twice as many tasks take twice as many steps: blocks of the runtime's code
// that are entered are counted, not time.
// RUN: %corocc %cflags -O2 -fsanitize-coverage=trace-pc %s %rt_src -o %t && %t
#include "run.h"

#include <pthread.h>

/* Called at each block of code. */
static uint64_t steps;
__attribute__((no_sanitize("coverage"))) void __sanitizer_cov_trace_pc(void) {
  steps++;
}

static long begun, cleaned;

/* What a node knows of itself; its children count in it. */
struct place {
  struct place *parent;
  coro_scope *scope;
  int children, over;
};

static yields void clean(struct place *place) {
  CHECK(place->over == place->children);
  coro_yield_now();
  cleaned++;
  if (!place->parent)
    return;
  place->parent->over++;
  coro_scope_cancel(place->parent->scope); // it was: nothing happens
}

/* With `below` nodes below it, `width` of them its children. */
static yields int node(long below, int width, struct place *parent) {
  __attribute__((cleanup(clean))) struct place here = {parent, NULL, 0, 0};
  begun++;
  coro_scope_var(scope, 0);
  here.scope = &scope;
  for (int left = width; left && below; left--) {
    long part = (below + left - 1) / left;
    CHECK(coro_scope_spawn(&scope, node, part - 1, width, &here));
    here.children++;
    below -= part;
  }
  coro_suspend();
  CHECK(false);
  return 0;
}

static uint64_t cancel_tree(long count, int width) {
  begun = cleaned = 0;
  begin();
  coro_spawned *root =
      coro_spawn_on(&executor.spawner, &counting, node, count - 1, width, NULL);
  while (coro_executor_step(&executor))
    ;
  CHECK(begun == count && held == count);
  uint64_t before = steps;
  coro_spawned_request_cancel(root);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  uint64_t taken = steps - before;
  CHECK(cleaned == count && held == 1);
  CHECK(coro_spawned_status(root) == CORO_CANCELLED);
  coro_detach(root);
  end();
  return taken;
}

static void *run(void *unused) {
  int widths[] = {1, 2, 10, 1000000};
  for (int i = 0; i < 4; i++) {
    uint64_t half = cancel_tree(50000, widths[i]);
    uint64_t all = cancel_tree(100000, widths[i]);
    CHECK(half > 50000 && all < half * 23 / 10);
  }
  return unused;
}

int main(void) {
  pthread_attr_t small;
  pthread_attr_init(&small);
  CHECK(!pthread_attr_setstacksize(&small, 64 * 1024));
  pthread_t thread;
  CHECK(!pthread_create(&thread, &small, run, NULL));
  CHECK(!pthread_join(thread, NULL));
}
