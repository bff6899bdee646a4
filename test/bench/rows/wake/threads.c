// Two threads on one processor, each with a condition it waits on.
#include "bench.h"
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct side {
  pthread_cond_t woken;
  uint64_t left;
  int turn;
} sides[2] = {{PTHREAD_COND_INITIALIZER, 0, 0},
              {PTHREAD_COND_INITIALIZER, 0, 0}};

static void *play(void *argument) {
  struct side *self = argument, *other = &sides[self == sides];
  pthread_mutex_lock(&mutex);
  for (; self->left; self->left--) {
    while (!self->turn)
      pthread_cond_wait(&self->woken, &mutex);
    self->turn = 0;
    other->turn = 1;
    pthread_cond_signal(&other->woken);
  }
  pthread_mutex_unlock(&mutex);
  return 0;
}

uint64_t bench_run(uint64_t count) {
  for (int i = 0; i < 2; i++) {
    sides[i].left = count / 2;
    sides[i].turn = i == 0;
  }
  pthread_t thread;
  pthread_create(&thread, 0, play, &sides[1]);
  play(&sides[0]);
  pthread_join(thread, 0);
  return sides[0].left + sides[1].left;
}
