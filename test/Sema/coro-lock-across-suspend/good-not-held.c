// RUN: %coro -fsyntax-only -Wall -Werror %s
// No alarm where the lock is not held on every path, or where that is not sure.
#include <coro/coro.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
struct queue {
  pthread_mutex_t mutex;
  struct queue *next;
  bool shared;
};
void use(void);
void unlock_elsewhere(pthread_mutex_t *mutex);
pthread_mutex_t *mutex_of(struct queue *queue);
static yields int wait_for(int n) {
  coro_suspend();
  return n;
}

yields void released_before(int n) {
  pthread_mutex_lock(&m);
  if (n) {
    pthread_mutex_unlock(&m);
    wait_for(1);
    return;
  }
  use();
  pthread_mutex_unlock(&m);
  coro_suspend();
}

yields void under_a_condition(struct queue *queue) {
  if (queue->shared)
    pthread_mutex_lock(&queue->mutex);
  coro_suspend();
  if (queue->shared)
    pthread_mutex_unlock(&queue->mutex);
  for (int i = 0; i < 2; i++) {
    if (i)
      pthread_mutex_unlock(&m);
    coro_suspend();
    pthread_mutex_lock(&m);
  }
  pthread_mutex_unlock(&m);
}

yields void by_goto(int n) {
  pthread_mutex_lock(&m);
  if (n == 1)
    goto done;
  if (n == 2)
    goto unlock;
  use();
unlock:
  pthread_mutex_unlock(&m);
  coro_suspend();
  return;
done:
  pthread_mutex_unlock(&m);
  wait_for(n);
}

yields void by_switch(int n) {
  switch (n) {
  case 1:
    pthread_mutex_lock(&m);
    break;
  default:
    n = wait_for(n);
  }
  if (n == 1)
    pthread_mutex_unlock(&m);
}

yields int not_got(void) {
  if (pthread_mutex_trylock(&m) != 0) {
    coro_suspend();
    return 1;
  }
  pthread_mutex_unlock(&m);
  int error = pthread_mutex_trylock(&m);
  if (!error) {
    use();
    pthread_mutex_unlock(&m);
  }
  coro_suspend();
  if ((error = pthread_mutex_lock(&m)) != 0) {
    wait_for(error);
    return error;
  }
  if (__builtin_expect(pthread_mutex_unlock(&m), 0))
    abort();
  while (pthread_mutex_trylock(&m))
    coro_yield_now();
  pthread_mutex_unlock(&m);
  return wait_for(1);
}

static void unlock_all(struct queue *queue) {
  for (; queue; queue = queue->next)
    pthread_mutex_unlock(&queue->mutex);
}
static void unlock_scope(pthread_mutex_t **held) {
  pthread_mutex_unlock(*held);
}
static void maybe_lock(struct queue *queue) {
  if (queue->shared)
    pthread_mutex_lock(&queue->mutex);
}
static int even(pthread_mutex_t *mutex, int n);
static int odd(pthread_mutex_t *mutex, int n) {
  return n ? even(mutex, n - 1) : pthread_mutex_unlock(mutex);
}
static int even(pthread_mutex_t *mutex, int n) {
  return n ? odd(mutex, n - 1) : pthread_mutex_unlock(mutex);
}

yields void helpers(struct queue *queue) {
  pthread_mutex_lock(&queue->mutex);
  unlock_all(queue);
  coro_suspend();
  maybe_lock(queue);
  coro_suspend();
  unlock_all(queue);
  pthread_mutex_lock(&m);
  unlock_elsewhere(&m);
  coro_suspend();
  pthread_mutex_lock(&m);
  even(&m, 3);
  coro_suspend();
  {
    __attribute__((cleanup(unlock_scope))) pthread_mutex_t *held = &m;
    pthread_mutex_lock(held);
    use();
  }
  coro_suspend();
}

yields void another_name(struct queue *queue) {
  pthread_mutex_t *same = &queue->mutex;
  pthread_mutex_lock(&queue->mutex);
  pthread_mutex_unlock(same);
  coro_suspend();
  pthread_mutex_lock(mutex_of(queue));
  pthread_mutex_unlock(&queue->mutex);
  coro_suspend();
  for (struct queue *q = queue; q; q = q->next)
    pthread_mutex_lock(&q->mutex);
  coro_suspend();
  for (struct queue *q = queue; q; q = q->next)
    pthread_mutex_unlock(&q->mutex);
}

// Given the lock, it unlocks it while it waits.
yields int wait_unlocked(pthread_mutex_t *mutex) coro_frame(64);
static yields void unlock_and_wait(struct queue *queue) {
  pthread_mutex_unlock(&queue->mutex);
  coro_suspend();
}
yields void handed_over(struct queue *queue) {
  pthread_mutex_lock(&m);
  wait_unlocked(&m);
  pthread_mutex_unlock(&m);
  pthread_mutex_lock(&queue->mutex);
  unlock_and_wait(queue);
  coro_suspend();
}

yields void silenced(void) {
  pthread_mutex_lock(&m);
  coro_allow("coro-lock-across-suspend") coro_suspend();
  pthread_mutex_unlock(&m);
}

void plain(void) {
  pthread_mutex_lock(&m);
  coro_block_on(wait_for, 1);
  pthread_mutex_unlock(&m);
}
