// Without effects any number of threads wait at the same time for a task that
// was sent to a pool: for ever, for a limited time, or until they had it
// cancelled.
// RUN: %clang %cflags -O2 -DCORO_ERASE_EFFECTS %s %rt_blocking -o %t && %t
// RUN: %clang %cflags -DCORO_ERASE_EFFECTS -fsanitize=thread %s %root/runtime/scope/waits.c %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>

enum { THREADS = 4, ROUNDS = 100 };

/* A task by hand: done once it was told so, or is cancelled. */
static struct work {
  coro_future future;
  coro_waker waker;
  uint32_t asked; /* atomic; 1: it has left its waker, 2: it may end */
} work;

static coro_status poll_work(coro_future *future, coro_context *cx) {
  struct work *self = (struct work *)future;
  if (__atomic_load_n(&self->asked, __ATOMIC_ACQUIRE) == 2)
    return CORO_DONE;
  self->waker = cx->waker;
  __atomic_store_n(&self->asked, 1, __ATOMIC_RELEASE);
  return CORO_PENDING;
}

static coro_status cancel_work(coro_future *future, coro_context *cx) {
  (void)future;
  (void)cx;
  return CORO_CANCELLED;
}

static coro_sent sent;

static void *wait_for(void *how) {
  if ((uintptr_t)how == 1) {
    while (!coro_timeout(20000, &sent))
      ;
    return NULL;
  }
  coro_status status = coro_wait(&sent.spawned);
  CHECK(status == coro_wait(&sent.spawned.shared));
  CHECK(status == coro_wait(&sent));
  CHECK(status == coro_spawned_status(&sent.spawned));
  return NULL;
}

static void round_of(coro_pool *pool, int number) {
  work = (struct work){.future = {poll_work, cancel_work}};
  CHECK(!coro_spawn_send_any(&sent, coro_pool_sender(pool),
                             coro_erase_future(&work.future)));
  pthread_t threads[THREADS];
  for (uintptr_t i = 0; i < THREADS; i++)
    pthread_create(&threads[i], NULL, wait_for, (void *)i);
  while (!__atomic_load_n(&work.asked, __ATOMIC_ACQUIRE))
    ;
  bool cancels = number % 2;
  if (cancels) {
    CHECK(coro_spawned_cancel(&sent.spawned) == CORO_CANCELLED);
  } else {
    coro_waker waker = work.waker;
    __atomic_store_n(&work.asked, 2, __ATOMIC_RELEASE);
    coro_wake(waker);
  }
  for (int i = 0; i < THREADS; i++)
    pthread_join(threads[i], NULL);
  CHECK(coro_spawned_status(&sent.spawned) ==
        (cancels ? CORO_CANCELLED : CORO_DONE));
}

int main(void) {
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  CHECK(pool);
  for (int i = 0; i < ROUNDS; i++)
    round_of(pool, i);
  coro_pool_close(pool);
}
