/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Operations that a thread of the program performs: a coro_completion of one's
 * own. The tasks run on another thread, and may be cancelled at any time.
 *
 *   corocc performer.c -o performer -pthread && ./performer
 */
#include <coro/coro.h>
#include <pthread.h>
#include <stdio.h>

/* An operation of ours: the operation comes first. */
struct square {
  coro_operation operation;
  int of;
};

/* The performer ------------------------------------------------------------*/

struct performer {
  coro_completion completion; /* first */
  pthread_mutex_t lock;
  pthread_cond_t changed;
  coro_operation *first; /* those nobody performs yet */
  bool end;
};

static int submit(coro_completion *completion, coro_operation *operation) {
  struct performer *self = (struct performer *)completion;
  pthread_mutex_lock(&self->lock);
  operation->next = self->first;
  self->first = operation;
  pthread_cond_signal(&self->changed);
  pthread_mutex_unlock(&self->lock);
  return 0;
}

/* It is forgotten if it is still there; else its end is near. */
static int cancel(coro_completion *completion, coro_operation *operation) {
  struct performer *self = (struct performer *)completion;
  pthread_mutex_lock(&self->lock);
  coro_operation **at = &self->first;
  while (*at && *at != operation)
    at = &(*at)->next;
  bool found = *at;
  if (found)
    *at = operation->next;
  pthread_mutex_unlock(&self->lock);
  return found ? 0 : CORO_BUSY;
}

static void *perform(void *data) {
  struct performer *self = data;
  pthread_mutex_lock(&self->lock);
  while (!self->end || self->first) {
    struct square *square = (struct square *)self->first;
    if (!square) {
      pthread_cond_wait(&self->changed, &self->lock);
      continue;
    }
    self->first = square->operation.next; /* before its end: then it is gone */
    pthread_mutex_unlock(&self->lock);
    coro_operation_finish(&square->operation, (int64_t)square->of * square->of);
    pthread_mutex_lock(&self->lock);
  }
  pthread_mutex_unlock(&self->lock);
  return NULL;
}

/* What it is for -----------------------------------------------------------*/

static yields int64_t square(int of) {
  struct square what = {.of = of};
  return coro_perform(&what.operation);
}

static yields int64_t sum(int n) {
  int64_t sum = 0;
  for (int i = 1; i <= n; i++)
    sum += square(i);
  return sum;
}

int main(void) {
  static const coro_completion_ops ops = {CORO_CAPABILITY_VERSION, submit,
                                          cancel};
  struct performer performer = {.completion = {&ops},
                                .lock = PTHREAD_MUTEX_INITIALIZER,
                                .changed = PTHREAD_COND_INITIALIZER};
  pthread_t thread;
  if (pthread_create(&thread, NULL, perform, &performer))
    return 1;

  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_executor_context(&executor)->completion = &performer.completion;
  static coro_slot(sum) slot;
  coro_start(&slot.task, sum, 100);
  coro_executor_add_slot(&executor, &slot.run, coro_erase(&slot.task));
  int error = coro_executor_run(&executor);
  coro_executor_fini(&executor);

  pthread_mutex_lock(&performer.lock);
  performer.end = true;
  pthread_cond_signal(&performer.changed);
  pthread_mutex_unlock(&performer.lock);
  pthread_join(thread, NULL);
  printf("%lld\n", (long long)slot.task.result);
  return error != 0;
}
