// on_done hears how the task ended and may free the job or add it again; a job
// without on_done ends quietly. A generator in an executor runs to its end.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/executor.h>

struct owned {
  coro_job job;
  int left; /* polls before it ends */
  coro_status end;
};

static coro_status poll_owned(void *frame, coro_context *cx) {
  (void)cx;
  struct owned *self = frame;
  return self->left-- > 0 ? CORO_YIELDED : self->end;
}

static const coro_descriptor coro = BY_HAND(struct owned, poll_owned);
static int ended[CORO_CANCELLED + 1];
static int again = 3;

static void free_it(coro_job *job, coro_status status) {
  ended[status]++;
  CHECK(job->user == &again);
  free(job->task.frame);
}

static void add_again(coro_job *job, coro_status status) {
  CHECK(status == CORO_DONE);
  struct owned *self = job->task.frame;
  self->left = 1;
  if (--again)
    coro_executor_add(job->run.executor, job, job->task, add_again);
  else
    free(self);
}

static void add(coro_executor *executor, coro_status end, coro_on_done *done) {
  struct owned *self = calloc(1, sizeof(*self));
  self->left = 2;
  self->end = end;
  self->job.user = &again;
  coro_executor_add(executor, &self->job, (coro_any_task){self, &coro}, done);
}

int main(void) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  add(&executor, CORO_DONE, free_it);
  add(&executor, CORO_RAISED, free_it);
  add(&executor, CORO_CANCELLED, free_it);
  add(&executor, CORO_DONE, add_again);
  static struct owned quiet = {.end = CORO_DONE};
  coro_executor_add(&executor, &quiet.job, (coro_any_task){&quiet, &coro},
                    NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(ended[CORO_DONE] == 1 && ended[CORO_RAISED] == 1 &&
        ended[CORO_CANCELLED] == 1 && again == 0);
}
