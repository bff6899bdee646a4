// Two threads that take turns: a semaphore each.
#ifndef BENCH_TURNS_H
#define BENCH_TURNS_H

#include <pthread.h>
#include <semaphore.h>

struct turns {
  sem_t there, back;
};

static inline void turns_init(struct turns *t) {
  sem_init(&t->there, 0, 0);
  sem_init(&t->back, 0, 0);
}
static inline void turns_fini(struct turns *t) {
  sem_destroy(&t->there);
  sem_destroy(&t->back);
}
// Has the other thread go on until it hands back.
static inline void turns_resume(struct turns *t) {
  sem_post(&t->there);
  sem_wait(&t->back);
}
static inline void turns_await(struct turns *t) { sem_wait(&t->there); }
static inline void turns_hand_back(struct turns *t) { sem_post(&t->back); }

#endif
