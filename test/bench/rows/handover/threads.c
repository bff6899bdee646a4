// A mutex and two conditions.
#include "bench.h"
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turned[2] = {PTHREAD_COND_INITIALIZER,
                                   PTHREAD_COND_INITIALIZER};
static int turn;

struct player {
  int side;
  uint64_t count;
};

static void *run(void *data) {
  struct player *player = data;
  pthread_mutex_lock(&mutex);
  for (uint64_t i = 0; i < player->count; i++) {
    while (turn != player->side)
      pthread_cond_wait(&turned[player->side], &mutex);
    turn = !player->side;
    pthread_cond_signal(&turned[turn]);
  }
  pthread_mutex_unlock(&mutex);
  return 0;
}

uint64_t bench_run(uint64_t count) {
  struct player here = {0, count}, there = {1, count};
  turn = 0;
  pthread_t thread;
  pthread_create(&thread, 0, run, &there);
  run(&here);
  pthread_join(thread, 0);
  return count;
}
