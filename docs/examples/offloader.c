/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * An offloader of one's own: a thread that makes the blocking calls of tasks,
 * what came last first.
 *
 *   corocc offloader.c -o offloader -pthread && ./offloader
 */
#include <coro/coro.h>
#include <pthread.h>
#include <stdio.h>

/* The offloader ------------------------------------------------------------*/

struct stack {
  coro_offloader offloader; /* first */
  pthread_mutex_t lock;
  pthread_cond_t changed;
  coro_work *first; /* that has not started */
  bool end;
};

static int submit(coro_offloader *offloader, coro_work *work) {
  struct stack *self = (struct stack *)offloader;
  pthread_mutex_lock(&self->lock);
  work->next = self->first;
  self->first = work;
  pthread_cond_signal(&self->changed);
  pthread_mutex_unlock(&self->lock);
  return 0;
}

/* It never runs if it is still there; else it runs, or has run. */
static int cancel(coro_offloader *offloader, coro_work *work) {
  struct stack *self = (struct stack *)offloader;
  pthread_mutex_lock(&self->lock);
  coro_work **at = &self->first;
  while (*at && *at != work)
    at = &(*at)->next;
  bool found = *at;
  if (found)
    *at = work->next;
  pthread_mutex_unlock(&self->lock);
  return found ? 0 : CORO_BUSY;
}

static void *run(void *data) {
  struct stack *self = data;
  pthread_mutex_lock(&self->lock);
  while (!self->end || self->first) {
    coro_work *work = self->first;
    if (!work) {
      pthread_cond_wait(&self->changed, &self->lock);
      continue;
    }
    self->first = work->next;
    pthread_mutex_unlock(&self->lock);
    coro_work_run(work); /* it may be gone now */
    pthread_mutex_lock(&self->lock);
  }
  pthread_mutex_unlock(&self->lock);
  return NULL;
}

/* What it is for -----------------------------------------------------------*/

static int square(int n) { return n * n; } /* and blocks */

static yields int sum(int n) {
  int sum = 0;
  for (int i = 1; i <= n; i++)
    sum += coro_offload(square, i);
  return sum;
}

/* Waits for some, and cancels the others. */
static yields int first_of(int n) {
  coro_scope_var(sums, 0);
  for (int i = 0; i < n; i++)
    if (!coro_scope_spawn(&sums, sum, 4))
      return -1;
  coro_spawned *first = coro_scope_next(&sums);
  return coro_spawned_result(first, sum);
}

int main(void) {
  static const coro_offloader_ops ops = {
      .version = CORO_CAPABILITY_VERSION, .submit = submit, .cancel = cancel};
  struct stack stack = {.offloader = {&ops},
                        .lock = PTHREAD_MUTEX_INITIALIZER,
                        .changed = PTHREAD_COND_INITIALIZER};
  pthread_t thread;
  if (pthread_create(&thread, NULL, run, &stack))
    return 1;

  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_executor_context(&executor)->offloader = &stack.offloader;
  static coro_slot(first_of) slot;
  coro_start(&slot.task, first_of, 20);
  coro_executor_add_slot(&executor, &slot.run, coro_erase(&slot.task));
  int error = coro_executor_run(&executor);
  coro_executor_fini(&executor);

  pthread_mutex_lock(&stack.lock);
  stack.end = true;
  pthread_cond_signal(&stack.changed);
  pthread_mutex_unlock(&stack.lock);
  pthread_join(thread, NULL);
  printf("%d\n", slot.task.result);
  return error != 0;
}
