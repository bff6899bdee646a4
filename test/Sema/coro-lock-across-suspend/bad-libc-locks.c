// RUN: %coro -fsyntax-only -Xclang -verify %s
// Each kind of lock, held where the function may suspend.
#include <coro/coro.h>
#include <pthread.h>
#include <stdio.h>
#include <threads.h>

struct queue {
  pthread_mutex_t mutex;
  int length;
};
static pthread_mutex_t global = PTHREAD_MUTEX_INITIALIZER;

// expected-note@+1 2 {{'wait_for' is declared with 'yields' here}}
static yields int wait_for(int n) {
  coro_suspend();
  return n;
}

yields void mutexes(struct queue *queue, struct queue queues[2]) {
  // expected-note@+1 {{'global' is locked here}}
  pthread_mutex_lock(&global);
  // expected-warning@+1 {{'global' is locked where coro_suspend() may suspend, and stays so: another task of this thread that locks it blocks them both; unlock it before [coro-lock-across-suspend]}}
  coro_suspend();
  // Once is enough.
  coro_suspend();
  pthread_mutex_unlock(&global);

  // expected-note@+1 {{'queue->mutex' is locked here}}
  pthread_mutex_lock(&queue->mutex);
  // expected-warning@+1 {{'queue->mutex' is locked where 'wait_for' may suspend}}
  queue->length += wait_for(1);
  pthread_mutex_unlock(&queue->mutex);

  // expected-note@+1 {{'queues[1].mutex' is locked here}}
  pthread_mutex_lock(&queues[1].mutex);
  pthread_mutex_lock(&queues[0].mutex);
  pthread_mutex_unlock(&queues[0].mutex);
  // expected-warning@+1 {{'queues[1].mutex' is locked where coro_suspend() may suspend}}
  coro_suspend();
  pthread_mutex_unlock(&queues[1].mutex);
}

yields void others(pthread_rwlock_t *rwlock, pthread_spinlock_t *spinlock,
                   mtx_t *mtx, FILE *file) {
  // expected-note@+1 {{'*rwlock' is locked here}}
  pthread_rwlock_rdlock(rwlock);
  // expected-warning@+1 {{'*rwlock' is locked where coro_yield_now() may suspend}}
  coro_yield_now();
  pthread_rwlock_unlock(rwlock);
  // expected-note@+1 {{'*spinlock' is locked here}}
  pthread_spin_lock(spinlock);
  // expected-warning@+1 {{'*spinlock' is locked where 'wait_for' may suspend}}
  wait_for(1);
  pthread_spin_unlock(spinlock);
  // expected-note@+1 {{'*mtx' is locked here}}
  mtx_lock(mtx);
  // expected-warning@+1 {{'*mtx' is locked where coro_suspend() may suspend}}
  coro_suspend();
  mtx_unlock(mtx);
  // expected-note@+1 {{'*file' is locked here}}
  flockfile(file);
  // expected-warning@+1 {{'*file' is locked where coro_suspend() may suspend}}
  coro_suspend();
  funlockfile(file);
}

// expected-note@+1 {{'numbers' is declared with 'yields }}
static yields yields_of(int) int numbers(int n) {
  coro_yield(n);
  coro_suspend();
  return n;
}
yields yields_of(int) void generators(void) {
  static coro_task(numbers) task;
  coro_start(&task, numbers, 3);
  // expected-note@+1 {{'global' is locked here}}
  pthread_mutex_lock(&global);
  // expected-warning@+1 {{'global' is locked where 'numbers' may suspend}}
  coro_next(&task);
  pthread_mutex_unlock(&global);
  // expected-note@+1 {{'global' is locked here}}
  pthread_mutex_lock(&global);
  // expected-warning@+1 {{'global' is locked where coro_yield() may suspend}}
  coro_yield(1);
  pthread_mutex_unlock(&global);
}

// expected-note@+1 {{'f' is declared with 'yields' here}}
yields void through_a_pointer(yields void (*f)(void) coro_frame(64)) {
  // expected-note@+1 {{'global' is locked here}}
  pthread_mutex_lock(&global);
  // expected-warning@+1 {{'global' is locked where 'f' may suspend}}
  f();
  pthread_mutex_unlock(&global);
}
