// Tasks sent with coro_spawn_send are waited for, cancelled and let go from the
// thread of the task that sent them, wherever they run; a scope in each holds
// children that stay on its thread. All memory goes back. Where that thread is
// busy they run on another, and what is spawned there waits.
// RUN: %coro %cflags -O1 %s %rt -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
#include "../check.h"

#include <coro/coro.h>
#include <sched.h>

enum { SENT = 24, PARENTS = 30 };

static coro_pool *pool;
static uint32_t cleaned; /* atomic */

static yields int child(const int *thread, int turns) {
  for (; turns; turns--) {
    CHECK(coro_pool_here(pool) == *thread);
    if (turns % 2)
      coro_yield_now();
    else
      coro_sleep(1000);
  }
  return *thread;
}

static void note_cleanup(char *unused) {
  (void)unused;
  __atomic_fetch_add(&cleaned, 1, __ATOMIC_SEQ_CST);
}

static yields int work(int n) {
  __attribute__((cleanup(note_cleanup))) char held = 0;
  int thread = coro_pool_here(pool);
  coro_spawned *one = coro_spawn(child, &thread, n % 5);
  CHECK(one);
  coro_wait(&one->future);
  CHECK(coro_spawned_result(one, child) == thread);
  coro_detach(one);
  CHECK(coro_pool_here(pool) == thread);
  return n + held;
}

static yields int wait_for_ever(void) {
  __attribute__((cleanup(note_cleanup))) char held = 0;
  coro_sleep(CORO_FOREVER);
  return held;
}

/* One third is waited for, one is let go, and one is cancelled. */
static yields int parent(int seed) {
  int thread = coro_pool_here(pool);
  coro_spawned *sent[SENT];
  for (int i = 0; i < SENT; i++) {
    sent[i] = i % 3 == 2 ? coro_spawn_send(wait_for_ever)
                         : coro_spawn_send(work, seed + i);
    CHECK(sent[i]);
    if (i % 7 == 0)
      coro_yield_now();
  }
  int sum = 0;
  for (int i = 0; i < SENT; i++) {
    if (i % 3 == 0) {
      CHECK(coro_wait(&sent[i]->future) == CORO_DONE);
      sum += coro_spawned_result(sent[i], work) == seed + i;
    } else if (i % 3 == 2) {
      CHECK(coro_spawned_cancel(sent[i]) == CORO_CANCELLED);
    }
    coro_detach(sent[i]);
    CHECK(coro_pool_here(pool) == thread);
  }
  return sum;
}

static yields int tell(uint32_t *told) {
  int thread = coro_pool_here(pool);
  coro_yield_now();
  CHECK(coro_pool_here(pool) == thread);
  __atomic_store_n(told, 1, __ATOMIC_SEQ_CST);
  return thread;
}

/* Suspends only when the one that it sent is over. */
static yields int be_busy(void) {
  int thread = coro_pool_here(pool);
  static uint32_t sent_told, local_told;
  sent_told = local_told = 0;
  coro_spawned *local = coro_spawn(tell, &local_told);
  coro_spawned *sent = coro_spawn_send(tell, &sent_told);
  CHECK(local && sent);
  while (!__atomic_load_n(&sent_told, __ATOMIC_SEQ_CST))
    sched_yield();
  CHECK(!__atomic_load_n(&local_told, __ATOMIC_SEQ_CST));
  CHECK(coro_wait(&sent->future) == CORO_DONE);
  CHECK(coro_wait(&local->future) == CORO_DONE);
  int moved = coro_spawned_result(sent, tell) != thread;
  CHECK(coro_spawned_result(local, tell) == thread);
  coro_detach(sent);
  coro_detach(local);
  return moved;
}

int main(void) {
  int error;
  pool = coro_pool_open(&(coro_pool_options){.workers = 3}, &error);
  CHECK(pool);
  static coro_task(parent) parents[PARENTS];
  static coro_job jobs[PARENTS];
  for (int i = 0; i < PARENTS; i++) {
    coro_start(&parents[i], parent, 100 * i);
    CHECK(!coro_pool_send(pool, &jobs[i], coro_erase(&parents[i]), NULL));
  }
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  for (int i = 0; i < PARENTS; i++)
    CHECK(parents[i].result == SENT / 3);
  /* What was cancelled before it began has nothing to clean up. */
  CHECK(cleaned >= PARENTS * SENT * 2 / 3 && cleaned <= PARENTS * SENT);
  for (int i = 0; i < 50; i++) {
    coro_task(be_busy) task;
    coro_start(&task, be_busy);
    CHECK(coro_pool_run(pool, coro_erase(&task)) == CORO_DONE && task.result);
  }
  coro_pool_close(pool);
}
