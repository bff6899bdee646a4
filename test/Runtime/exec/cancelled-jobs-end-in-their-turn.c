// A job that is cancelled is polled no more: its task's cancel is called, in
// the job's turn and once more for each wake while it waits, and on_done hears
// how it ended, once. Before its first poll, while it waits, by itself, by
// another one, more than once, when it is done; and it can be added again.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/executor.h>

struct counted {
  coro_job job;
  char name[2];
  int last;         /* the poll it is done with; 0: it waits for ever */
  coro_job *victim; /* cancelled by its first poll */
  coro_job *woken;  /* woken by its second poll */
  int waits;        /* times that cancelling waits */
  coro_status ends; /* what that ends with */
  int polls, cancels;
};

static void say(const struct counted *self, char what) {
  char word[] = {self->name[0], what, 0};
  event(word);
}

static coro_status poll_counted(void *frame, coro_context *cx) {
  struct counted *self = frame;
  CHECK(!cx->cancelling && !self->cancels);
  say(self, '.');
  self->polls++;
  if (self->polls == 1 && self->victim)
    coro_job_cancel(self->victim);
  if (self->polls == 2 && self->woken)
    coro_wake((coro_waker){cx->waker.ops, self->woken});
  if (self->polls == self->last)
    return CORO_DONE;
  if (self->last)
    coro_wake(cx->waker);
  return CORO_PENDING;
}

static coro_status cancel_counted(void *frame, coro_context *cx) {
  struct counted *self = frame;
  CHECK(cx->cancelling && cx->waker.data == &self->job);
  say(self, '!');
  self->cancels++;
  return self->waits-- > 0 ? CORO_PENDING : self->ends;
}

static const coro_descriptor coro = {.abi = CORO_ABI_VERSION,
                                     .align = _Alignof(struct counted),
                                     .size = sizeof(struct counted),
                                     .poll = poll_counted,
                                     .cancel = cancel_counted,
                                     .name = "counted"};
static const coro_descriptor simple = BY_HAND(struct counted, poll_counted);

static coro_executor executor;
static int ended[CORO_CANCELLED + 1];

static void note_end(coro_job *job, coro_status status) {
  struct counted *self = job->user;
  CHECK(!executor.context.cancelling);
  ended[status]++;
  say(self, ';');
  coro_job_cancel(job); /* it is done: nothing happens */
  free(self);
}

static struct counted *add(char name, const coro_descriptor *coro) {
  struct counted *self = calloc(1, sizeof(*self));
  self->name[0] = name;
  self->ends = CORO_CANCELLED;
  self->job.user = self;
  coro_executor_add(&executor, &self->job, (coro_any_task){self, coro},
                    note_end);
  return self;
}

static void run(const char *expected) {
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(coro_executor_jobs(&executor) == 0);
  check_text(events, expected);
  *events = 0;
}

static void add_canceller(char name, coro_job *victim) {
  struct counted *self = add(name, &coro);
  self->victim = victim;
  self->last = 1;
}

/* In its second poll it also wakes it. */
static void add_canceller_and_waker(char name, coro_job *victim) {
  struct counted *self = add(name, &coro);
  self->victim = self->woken = victim;
  self->last = 2;
}

static void add_again(coro_job *job, coro_status status) {
  CHECK(status == CORO_CANCELLED);
  struct counted *self = job->user;
  self->cancels = 0;
  coro_executor_add(&executor, job, job->task, note_end);
  add_canceller('b', job);
}

int main(void) {
  coro_executor_init(&executor, NULL, NULL);

  /* Before its first poll; it keeps its place. */
  coro_job_cancel(&add('a', &coro)->job);
  coro_job_cancel(&add('b', &simple)->job);
  run("a! a; b;");

  /* By another one, while it waits; those that are ready go first. */
  struct counted *a = add('a', &coro), *b = add('b', &simple);
  add_canceller('c', &a->job);
  add_canceller('d', &b->job);
  run("a. b. c. c; d. d; a! a; b;");

  /* By itself, and what it does in a shield is all there was to do. */
  a = add('a', &coro);
  a->victim = &a->job;
  a->ends = CORO_DONE;
  run("a. a! a;");

  /* Cancelling waits, and is gone on with once it is woken. */
  a = add('a', &coro);
  a->waits = 1;
  add_canceller_and_waker('b', &a->job);
  run("a. b. a! b. b; a! a;");

  /* Asked again: it may be called for nothing, and ends once. */
  a = add('a', &coro);
  a->waits = 2;
  coro_job_cancel(&a->job);
  coro_job_cancel(&a->job);
  add_canceller('b', &a->job);
  add_canceller_and_waker('c', &a->job);
  run("a! b. b; c. a! c. c; a! a;");

  /* Added again it is polled, as any other. */
  a = add('a', &coro);
  a->job.on_done = add_again;
  coro_job_cancel(&a->job);
  run("a! a. b. b; a! a;");
  coro_executor_fini(&executor);
  CHECK(ended[CORO_DONE] == 7 && ended[CORO_CANCELLED] == 7);
}
