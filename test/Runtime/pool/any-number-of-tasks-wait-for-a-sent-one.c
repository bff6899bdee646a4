// Tasks on several threads wait for one that was sent, some of them twice, for
// a limited time, or until they are cancelled; and two plain threads by a node
// of their own. All that want to hear of the end do.
// RUN: %coro %cflags -O2 %s %rt -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_src %rt -o %t.tsan && %t.tsan
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_src %rt -o %t.asan && %t.asan
#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>

enum { WAITING = 12, ROUNDS = 60 };

static int heard; /* atomic */

static yields int work(int n) {
  for (int i = 0; i < n % 4; i++)
    coro_yield_now();
  coro_sleep((uint64_t)n * 2000);
  return n;
}

static yields void wait_for(coro_spawned *one, int i) {
  coro_task(work) other;
  coro_start(&other, work, 5);
  bool in_time = i % 3 == 1 && coro_timeout((uint64_t)i * 3000, one);
  if (i % 3 == 2 && coro_race(&other, one) == 0)
    in_time = false;
  if (!in_time)
    CHECK(coro_wait(one) == CORO_DONE);
  if (i % 3 != 2)
    coro_cancel(&other);
  __atomic_add_fetch(&heard, 1, __ATOMIC_RELAXED);
}

static void *thread(void *argument) {
  coro_spawned *one = argument;
  (void)coro_shared_in_time(&one->shared, 1000);
  CHECK(coro_block_on_shared(&one->shared) == CORO_DONE);
  return NULL;
}

static void round_of(coro_pool *pool, int number) {
  coro_sender *sender = coro_pool_sender(pool);
  coro_spawned *who[WAITING],
      *one = coro_spawn_send_on(sender, &coro_allocator_default, work,
                                number % 20);
  CHECK(one);
  heard = 0;
  pthread_t threads[2];
  for (int i = 0; i < 2; i++)
    pthread_create(&threads[i], NULL, thread, one);
  for (int i = 0; i < WAITING; i++)
    CHECK((who[i] = coro_spawn_send_on(sender, &coro_allocator_default,
                                       wait_for, one, i)));
  int cancelled = 0;
  coro_spawned_request_cancel(who[number % WAITING]);
  for (int i = 0; i < WAITING; i++) {
    cancelled += coro_block_on_future(&who[i]->future) == CORO_CANCELLED;
    coro_detach(who[i]);
  }
  for (int i = 0; i < 2; i++)
    pthread_join(threads[i], NULL);
  CHECK(heard + cancelled == WAITING && cancelled <= 1);
  CHECK(coro_block_on_future(&one->future) == CORO_DONE);
  coro_detach(one);
}

/* Those that wait when it is let go of still hear of the end, or leave; the
 * memory goes back with the last of them. */
static void wake_one(void *data) {
  __atomic_store_n((int *)data, 1, __ATOMIC_RELEASE);
}
static const coro_waker_ops to_wake_one = {.wake = wake_one};

static void let_go_of(coro_pool *pool, int number) {
  enum { NODES = 5 };
  coro_shared_wait_op ops[NODES];
  coro_spawned *one = coro_spawn_send_on(
      coro_pool_sender(pool), &coro_allocator_default, work, number % 20);
  CHECK(one);
  int woken[NODES] = {0};
  coro_context cx[NODES];
  coro_status status[NODES];
  for (int i = 0; i < NODES; i++) {
    cx[i] = (coro_context)CORO_CONTEXT_INIT;
    cx[i].waker = (coro_waker){&to_wake_one, &woken[i]};
    coro_shared_wait_op_init(&ops[i], &one->shared);
    status[i] = coro_shared_wait_op_poll(&ops[i].future, &cx[i]);
  }
  coro_detach(one);
  for (int i = 0; i < NODES; i++) {
    if ((number >> i) % 2) { /* this one leaves, where it has not heard yet */
      CHECK(ops[i].future.cancel(&ops[i].future, &cx[i]) ==
            (status[i] == CORO_PENDING ? CORO_CANCELLED : CORO_DONE));
      continue;
    }
    while (status[i] == CORO_PENDING) {
      while (!__atomic_load_n(&woken[i], __ATOMIC_ACQUIRE) && number % 3)
        ;
      status[i] = coro_shared_wait_op_poll(&ops[i].future, &cx[i]);
    }
    CHECK(status[i] == CORO_DONE);
  }
}

int main(void) {
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 3}, &error);
  CHECK(pool);
  for (int i = 0; i < ROUNDS; i++)
    round_of(pool, i);
  for (int i = 0; i < 10 * ROUNDS; i++)
    let_go_of(pool, i);
  coro_pool_close(pool);
}
