// A tree of 100 000 tasks whose children are all sent to a pool is cancelled
// from its root, on threads with small stacks: a chain, a broad tree, and one
// in between. Each task's cleanup waits, and runs once.
// RUN: %corocc %cflags -O2 %s -o %t && %t 100000
// RUN: %corocc %cflags -O1 -fsanitize=thread %s %rt_src -o %t.tsan && %t.tsan 2000
#define _GNU_SOURCE
#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>

static long grown, alive; /* atomic */

static yields void leave(long **count) {
  coro_yield_now();
  __atomic_sub_fetch(*count, 1, __ATOMIC_RELAXED);
}

static yields int node(long count, long width) {
  __attribute__((cleanup(leave))) long *here = &alive;
  __atomic_add_fetch(here, 1, __ATOMIC_RELAXED);
  __atomic_add_fetch(&grown, 1, __ATOMIC_RELAXED);
  coro_scoped (children, 0) {
    long left = count - 1;
    for (long i = width; i && left; i--) {
      long part = left / i;
      left -= part;
      if (part && !coro_scope_spawn_send(&children, node, part, width))
        return -1;
    }
    coro_sleep(CORO_FOREVER);
  }
  return 0;
}

static void cancel_tree(coro_pool *pool, long count, long width) {
  __atomic_store_n(&grown, 0, __ATOMIC_RELAXED);
  coro_spawned *root = coro_spawn_send_on(
      coro_pool_sender(pool), &coro_allocator_default, node, count, width);
  CHECK(root);
  while (__atomic_load_n(&grown, __ATOMIC_RELAXED) < count)
    ;
  coro_spawned_request_cancel(root);
  CHECK(coro_block_on_future(&root->future) == CORO_CANCELLED);
  CHECK(__atomic_load_n(&alive, __ATOMIC_RELAXED) == 0);
  coro_detach(root);
}

int main(int argc, char **argv) {
  CHECK(argc == 2);
  long count = atol(argv[1]);
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 256 * 1024);
  CHECK(pthread_setattr_default_np(&small) == 0);
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  CHECK(pool);
  cancel_tree(pool, count, 1);
  cancel_tree(pool, count, 3);
  cancel_tree(pool, count, count);
  coro_pool_close(pool);
}
