/* A sender that is one thread with an executor, for tests of what uses one. */
#ifndef CORO_TEST_SCOPE_ONE_THREAD_H
#define CORO_TEST_SCOPE_ONE_THREAD_H

#include "../check.h"

#include <coro/coro.h>
#include <pthread.h>

/* What is asked of the thread is done by it, in order. */
struct request {
  struct request *next;
  coro_job *job;
  coro_any_task task;
  coro_on_done *on_done;
  int cancel; /* and not add */
};

struct one_thread {
  coro_sender sender;
  coro_executor executor;
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t asked;
  struct request *first, **last;
  int closing;
};

static int one_thread_ask(struct one_thread *self, struct request what) {
  struct request *request = malloc(sizeof(*request));
  CHECK(request);
  *request = what;
  pthread_mutex_lock(&self->lock);
  *self->last = request;
  self->last = &request->next;
  pthread_cond_signal(&self->asked);
  coro_executor_stop(&self->executor);
  pthread_mutex_unlock(&self->lock);
  return 0;
}

static int one_thread_send(coro_sender *self, coro_job *job, coro_any_task task,
                           coro_on_done *on_done) {
  return one_thread_ask((struct one_thread *)self,
                        (struct request){NULL, job, task, on_done, 0});
}

static void one_thread_cancel(coro_sender *self, coro_job *job) {
  one_thread_ask((struct one_thread *)self,
                 (struct request){NULL, job, {0}, NULL, 1});
}

static const coro_sender_ops one_thread_ops = {
    CORO_CAPABILITY_VERSION, one_thread_send, one_thread_cancel};

/* True if the executor still has that job; its storage may be gone. */
static int one_thread_has(struct one_thread *self, coro_job *job) {
  for (coro_job *at = self->executor.jobs_list; at; at = at->older)
    if (at == job)
      return 1;
  return 0;
}

static void *one_thread_run(void *data) {
  struct one_thread *self = data;
  pthread_mutex_lock(&self->lock);
  for (;;) {
    struct request *request = self->first;
    if (!request && !coro_executor_jobs(&self->executor)) {
      if (self->closing)
        break;
      pthread_cond_wait(&self->asked, &self->lock);
      continue;
    }
    self->first = request ? request->next : NULL;
    if (!self->first)
      self->last = &self->first;
    pthread_mutex_unlock(&self->lock);
    if (!request)
      coro_executor_run(&self->executor);
    else if (!request->cancel)
      coro_executor_add(&self->executor, request->job, request->task,
                        request->on_done);
    else if (one_thread_has(self, request->job))
      coro_job_cancel(request->job);
    free(request);
    pthread_mutex_lock(&self->lock);
  }
  pthread_mutex_unlock(&self->lock);
  return NULL;
}

static void one_thread_open(struct one_thread *self) {
  *self = (struct one_thread){.sender = {&one_thread_ops}};
  self->last = &self->first;
  coro_executor_init(&self->executor, NULL, NULL);
  self->executor.context.sender = &self->sender;
  CHECK(!pthread_mutex_init(&self->lock, NULL));
  CHECK(!pthread_cond_init(&self->asked, NULL));
  CHECK(!pthread_create(&self->thread, NULL, one_thread_run, self));
}

/* Once all that was sent is done. */
static void one_thread_close(struct one_thread *self) {
  pthread_mutex_lock(&self->lock);
  self->closing = 1;
  pthread_cond_signal(&self->asked);
  coro_executor_stop(&self->executor);
  pthread_mutex_unlock(&self->lock);
  CHECK(!pthread_join(self->thread, NULL));
  coro_executor_fini(&self->executor);
}

#endif
