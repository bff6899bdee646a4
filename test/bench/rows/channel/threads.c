// A ring with a mutex and two conditions.
#include "bench.h"
#include <pthread.h>

enum { PLACES = 64 };
static uint64_t ring[PLACES], sent, received;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t room = PTHREAD_COND_INITIALIZER;
static pthread_cond_t some = PTHREAD_COND_INITIALIZER;

static void *produce(void *count) {
  for (uint64_t i = 0; i < *(uint64_t *)count; i++) {
    pthread_mutex_lock(&mutex);
    while (sent - received == PLACES)
      pthread_cond_wait(&room, &mutex);
    ring[sent++ % PLACES] = i;
    pthread_cond_signal(&some);
    pthread_mutex_unlock(&mutex);
  }
  return 0;
}

uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
  sent = received = 0;
  pthread_t thread;
  pthread_create(&thread, 0, produce, &count);
  for (uint64_t i = 0; i < count; i++) {
    pthread_mutex_lock(&mutex);
    while (sent == received)
      pthread_cond_wait(&some, &mutex);
    sum += ring[received++ % PLACES];
    pthread_cond_signal(&room);
    pthread_mutex_unlock(&mutex);
  }
  pthread_join(thread, 0);
  return sum;
}
