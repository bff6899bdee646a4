#include "bench.h"
#include "turns.h"
#include <stdlib.h>

struct worker {
  pthread_t thread;
  struct turns turns;
  uint64_t n;
};

static APART uint64_t leaf(struct worker *self, uint64_t n) {
  turns_hand_back(&self->turns);
  turns_await(&self->turns);
  return n + bench_step;
}
static APART uint64_t middle(struct worker *self, uint64_t n) {
  uint64_t kept = n ^ bench_step;
  return leaf(self, n) + kept;
}
static APART uint64_t work(struct worker *self, uint64_t n) {
  uint64_t kept = n * bench_step;
  return middle(self, n) + kept;
}
static void *begin(void *argument) {
  struct worker *self = argument;
  self->n = work(self, self->n);
  return 0;
}

uint64_t bench_run(uint64_t count) {
  uint64_t sum = 0;
  for (uint64_t i = 0; i < count; i++) {
    struct worker *worker = malloc(sizeof(*worker));
    worker->n = i;
    turns_init(&worker->turns);
    if (pthread_create(&worker->thread, 0, begin, worker))
      abort();
    sem_wait(&worker->turns.back);
#ifdef SETUP
    sem_post(&worker->turns.there);
    pthread_join(worker->thread, 0);
    sum += worker->n;
    turns_fini(&worker->turns);
    free(worker);
#else
    sum++;
#endif
  }
  return sum;
}
