// A sent task may begin on any thread. From its first poll on it is polled, and
// all that it spawns locally, on that thread, over sleeps, wakes from other
// threads and giving way; its timers and its reactor are that thread's.
// RUN: %clang %cflags -O1 %s %rt -o %t && %t
// RUN: %clang %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/pool.h>

enum { TREES = 200, CHILDREN = 4, TURNS = 30 };

static coro_pool *pool;

/* Shared by neighbours, who wake one another. */
struct tree;

struct child {
  coro_job job;
  struct tree *tree;
  coro_timer timer;
  int turns;
};

struct tree {
  coro_job job;
  struct child children[CHILDREN];
  struct tree *neighbour;
  uint64_t random;
  int thread; /* -1 until it is polled */
  int live;
  uint32_t told;    /* atomic: the waker may be read */
  uint32_t readers; /* atomic: who may be calling it */
  coro_waker waker;
  uint32_t ends;
};

static struct tree trees[TREES];

static void check_thread(struct tree *tree, const coro_context *cx) {
  CHECK(coro_pool_here(pool) == tree->thread);
  coro_executor *mine = coro_pool_executor(pool, (uint32_t)tree->thread);
  CHECK(cx->executor == mine && cx->spawner == &mine->spawner);
  CHECK(cx->timers == mine->context.timers && cx->timers);
}

/* Wakes another tree, wherever it is, if it is still there. */
static void wake(struct tree *tree) {
  __atomic_fetch_add(&tree->readers, 1, __ATOMIC_SEQ_CST);
  if (__atomic_load_n(&tree->told, __ATOMIC_SEQ_CST))
    coro_wake(tree->waker);
  __atomic_fetch_sub(&tree->readers, 1, __ATOMIC_SEQ_CST);
}

static coro_status poll_child(void *frame, coro_context *cx) {
  struct child *self = frame;
  check_thread(self->tree, cx);
  coro_timers_cancel(cx->timers, &self->timer);
  if (self->turns++ == TURNS) {
    if (!--self->tree->live)
      coro_wake_local(self->tree->waker);
    return CORO_DONE;
  }
  wake(self->tree->neighbour);
  if (next_random(&self->tree->random) % 4)
    coro_wake_local(cx->waker);
  else
    coro_timers_set(cx->timers, &self->timer, coro_now() + 20000, cx->waker);
  return CORO_PENDING;
}

static const coro_descriptor child = BY_HAND(struct child, poll_child);

static void child_ended(coro_job *job, coro_status status) {
  struct child *self = (struct child *)job;
  CHECK(status == CORO_DONE && coro_pool_here(pool) == self->tree->thread);
}

static coro_status poll_tree(void *frame, coro_context *cx) {
  struct tree *self = frame;
  if (self->thread < 0) {
    self->thread = coro_pool_here(pool);
    self->waker = cx->waker;
    __atomic_store_n(&self->told, 1, __ATOMIC_SEQ_CST);
    for (int i = 0; i < CHILDREN; i++) {
      struct child *one = &self->children[i];
      one->tree = self;
      CHECK(!cx->spawner->ops->spawn(
          cx->spawner, &one->job, (coro_any_task){one, &child}, child_ended));
    }
    self->live = CHILDREN;
  }
  check_thread(self, cx);
  if (self->live)
    return CORO_PENDING;
  __atomic_store_n(&self->told, 0, __ATOMIC_SEQ_CST);
  if (!__atomic_load_n(&self->readers, __ATOMIC_SEQ_CST))
    return CORO_DONE;
  coro_wake_local(cx->waker); /* somebody may still have the waker */
  return CORO_PENDING;
}

static const coro_descriptor tree = BY_HAND(struct tree, poll_tree);

static void tree_ended(coro_job *job, coro_status status) {
  struct tree *self = (struct tree *)job;
  CHECK(status == CORO_DONE && coro_pool_here(pool) == self->thread);
  self->ends++;
}

static void run(coro_pool_options options) {
  int error;
  pool = coro_pool_open(&options, &error);
  CHECK(pool);
  memset(trees, 0, sizeof(trees));
  for (int i = 0; i < TREES; i++) {
    trees[i].thread = -1;
    trees[i].random = (uint64_t)i + 1;
    trees[i].neighbour = &trees[(i + 1) % TREES];
  }
  for (int i = 0; i < TREES; i++)
    CHECK(!coro_pool_send(pool, &trees[i].job,
                          (coro_any_task){&trees[i], &tree}, tree_ended));
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  bool used[4] = {false};
  for (int i = 0; i < TREES; i++) {
    CHECK(trees[i].ends == 1);
    used[trees[i].thread] = true;
  }
  CHECK(used[0] || used[1] || used[2] || used[3]);
  coro_pool_close(pool);
}

int main(void) {
  run((coro_pool_options){.workers = 3});
  run((coro_pool_options){.workers = 4, .io = 1});
  run((coro_pool_options){.workers = 2, .pinned = 1});
}
