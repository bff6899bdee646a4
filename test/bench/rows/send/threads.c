// Two threads, one queue under one lock, and functions with an argument.
#include "bench.h"
#include <pthread.h>
#include <stdlib.h>

struct item {
  struct item *next;
  void (*run)(struct item *, int thread);
  uint64_t n, count; // there are count items, behind the first one
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t come = PTHREAD_COND_INITIALIZER,
                      idle = PTHREAD_COND_INITIALIZER;
static struct item *first, *last;
static uint64_t live;
static uint64_t sums[2];

static void push(struct item *item) {
  pthread_mutex_lock(&lock);
  item->next = 0;
  if (first)
    last->next = item;
  else
    first = item;
  last = item;
  live++;
  pthread_cond_signal(&come);
  pthread_mutex_unlock(&lock);
}

static void *serve(void *argument) {
  int thread = argument != 0;
  pthread_mutex_lock(&lock);
  for (;;) {
    while (!first)
      pthread_cond_wait(&come, &lock);
    struct item *item = first;
    first = item->next;
    pthread_mutex_unlock(&lock);
    item->run(item, thread);
    pthread_mutex_lock(&lock);
    if (!--live)
      pthread_cond_signal(&idle);
  }
}

static void work(struct item *item, int thread) {
  sums[thread] += item->n ^ bench_step;
}

#ifdef TREE

static void send_one(struct item *item, uint64_t n, uint64_t count);

static void grow(struct item *item, int thread) {
  uint64_t n = item->n;
  for (uint64_t child = 2 * n + 1; child <= 2 * n + 2; child++)
    if (child < item->count)
      send_one(item - n + child, child, item->count);
  work(item, thread);
}

static void send_one(struct item *item, uint64_t n, uint64_t count) {
  item->run = grow;
  item->n = n;
  item->count = count;
  push(item);
}

#endif

static void send_all(struct item *item, int thread) {
  (void)thread;
#ifdef TREE
  send_one(item + 1, 0, item->count);
#else
  for (uint64_t i = 0; i < item->count; i++) {
    item[1 + i].run = work;
    item[1 + i].n = i;
    push(&item[1 + i]);
  }
#endif
}

uint64_t bench_run(uint64_t count) {
  struct item *all = malloc((count + 1) * sizeof(*all));
  static pthread_t threads[2]; // stay
  for (uintptr_t i = 0; i < 2 && !threads[i]; i++)
    pthread_create(&threads[i], 0, serve, (void *)i);
  sums[0] = sums[1] = 0;
  all->run = send_all;
  all->count = count;
  push(all);
  pthread_mutex_lock(&lock);
  while (live)
    pthread_cond_wait(&idle, &lock);
  pthread_mutex_unlock(&lock);
  free(all);
  return sums[0] + sums[1];
}
