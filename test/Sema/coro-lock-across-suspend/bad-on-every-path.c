// RUN: %coro -fsyntax-only -Xclang -verify %s
// What is held follows the flow: branches, loops, results, helpers, scopes.
#include <coro/coro.h>
#include <errno.h>
#include <pthread.h>
#include <threads.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
void use(void);

yields void both_ways(int n) {
  if (n)
    pthread_mutex_lock(&m); // expected-note {{'m' is locked here}}
  else
    pthread_mutex_lock(&m);
  // expected-warning@+1 {{'m' is locked where coro_suspend() may suspend}}
  coro_suspend();
  pthread_mutex_unlock(&m);
}

yields void in_a_loop(int n) {
  for (int i = 0; i < n; i++) {
    // expected-note@+1 {{'m' is locked here}}
    pthread_mutex_lock(&m);
    if (i == 3)
      continue;
    // expected-warning@+1 {{'m' is locked where coro_suspend() may suspend}}
    coro_suspend();
    pthread_mutex_unlock(&m);
  }
}

yields void tried(mtx_t *mtx) {
  // expected-note@+1 {{'m' is locked here}}
  if (pthread_mutex_trylock(&m) == 0) {
    // expected-warning@+1 {{'m' is locked where coro_suspend() may suspend}}
    coro_suspend();
    pthread_mutex_unlock(&m);
  }
  // expected-note@+1 {{'m' is locked here}}
  int error = pthread_mutex_trylock(&m);
  if (error == EBUSY || error)
    return;
  // expected-warning@+1 {{'m' is locked where coro_suspend() may suspend}}
  coro_suspend();
  pthread_mutex_unlock(&m);
  // expected-note@+1 {{'*mtx' is locked here}}
  while (mtx_trylock(mtx) != thrd_success)
    coro_yield_now();
  // expected-warning@+1 {{'*mtx' is locked where coro_suspend() may suspend}}
  coro_suspend();
  mtx_unlock(mtx);
}

static void lock_first(pthread_mutex_t *first, int n) {
  pthread_mutex_lock(first);
  if (n)
    use();
}
static void balanced(pthread_mutex_t *other) {
  pthread_mutex_lock(other);
  pthread_mutex_unlock(other);
}
yields void helpers(pthread_mutex_t *other) {
  // expected-note@+1 {{'m' is locked here}}
  lock_first(&m, 3);
  balanced(other);
  // expected-warning@+1 {{'m' is locked where coro_suspend() may suspend}}
  coro_suspend();
  pthread_mutex_unlock(&m);
}

static void unlock_scope(pthread_mutex_t **held) {
  pthread_mutex_unlock(*held);
}
static pthread_mutex_t *lock_scope(pthread_mutex_t *held) {
  pthread_mutex_lock(held);
  return held;
}
#define LOCKED(mutex)                                             \
  __attribute__((cleanup(unlock_scope))) pthread_mutex_t *scope = \
      lock_scope(mutex)
yields void scoped(void) {
  {
    // expected-note@+1 {{'m' is locked here}}
    LOCKED(&m);
    // expected-warning@+1 {{'m' is locked where coro_suspend() may suspend}}
    coro_suspend();
  }
  coro_suspend();
}

yields void condition(pthread_cond_t *changed, int *value) {
  // expected-note@+1 {{'m' is locked here}}
  pthread_mutex_lock(&m);
  while (!*value) // expected-warning@+1 {{'pthread_cond_wait' blocks}}
    pthread_cond_wait(changed, &m);
  // expected-warning@+1 {{'m' is locked where coro_suspend() may suspend}}
  coro_suspend();
  pthread_mutex_unlock(&m);
}
