// coro_job_cancel_now ends a job before it returns: ready, waiting and never
// polled, from outside and from inside of another task's poll. It says that it
// could not where the job runs, where a cleanup waits and where the scheduler
// keeps it; the job then ends in its turn. So does the spawner, and one that
// has no such function, or is older than it, says that. A job whose cleanups
// run is not ended again, nor taken out.
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %root/runtime/time/sleep.c %rt_src -o %t && %t
#include "../check.h"

#include <coro/coro.h>

static coro_executor executor;

static void say_closed(const char **word) { event(*word); }

static yields void waits(const char *word) {
  __attribute__((cleanup(say_closed))) const char *name = word;
  for (;;)
    coro_suspend();
}

static yields void close_slowly(const char **word) {
  event("slow");
  coro_yield_now();
  event(*word);
}

static yields void ends_slowly(const char *word) {
  __attribute__((cleanup(close_slowly))) const char *name = word;
  for (;;)
    coro_suspend();
}

static coro_task(waits) waiting[4];
static coro_task(ends_slowly) slow;
static coro_job jobs[6];

static void on_done(coro_job *job, coro_status status) {
  CHECK(status == CORO_CANCELLED);
  event(job->user);
}

static void add(int i, coro_any_task task, char *name) {
  jobs[i].user = name;
  coro_executor_add(&executor, &jobs[i], task, on_done);
}

/* One task ends another, itself, and goes on with its own context. */
static yields void ends_others(void) {
  coro_context *cx = coro_self();
  void *own = cx->waker.data;
  CHECK(coro_job_cancel_now(&jobs[0]) == 0);
  event("inside");
  CHECK(cx->waker.data == own && !cx->cancelling);
  CHECK(coro_spawner_cancel_now(cx->spawner, &jobs[5]) == CORO_BUSY);
  coro_suspend();
  event("never");
}

static void run_ready(void) {
  while (coro_executor_step(&executor))
    ;
}

static int keeps(coro_scheduler *self, coro_runnable *run) {
  (void)self, (void)run;
  return 0;
}
static coro_runnable *only;
static void keep_push(coro_scheduler *self, coro_runnable *run) {
  (void)self;
  only = run;
}
static coro_runnable *keep_pop(coro_scheduler *self) {
  (void)self;
  coro_runnable *run = only;
  only = NULL;
  return run;
}

static void a_scheduler_that_keeps(void) {
  static const coro_scheduler_ops ops = {CORO_CAPABILITY_VERSION, keep_push,
                                         keep_pop, keeps};
  coro_scheduler scheduler = {&ops};
  coro_executor_set_scheduler(&executor, &scheduler);
  coro_start(&waiting[0], waits, "e");
  add(0, coro_erase(&waiting[0]), "E");
  CHECK(coro_job_cancel_now(&jobs[0]) == CORO_BUSY);
  CHECK(coro_executor_jobs(&executor) == 1);
  run_ready();
  coro_executor_set_scheduler(&executor, NULL);
}

/* A cleanup asks for the end of its own job, which has begun. */
static void close_again(coro_job **job) {
  CHECK(coro_job_cancel_now(*job) == CORO_BUSY);
  CHECK(coro_job_remove(*job) == CORO_BUSY);
  event("again");
}

static yields void asks_again(coro_job *own) {
  __attribute__((cleanup(close_again))) coro_job *job = own;
  for (;;)
    coro_suspend();
}

static void one_that_is_ending(void) {
  coro_task(asks_again) asking;
  for (int others = 0; others < 2; others++) {
    coro_start(&asking, asks_again, &jobs[0]);
    add(0, coro_erase(&asking), "Q");
    run_ready();
    if (others) {
      coro_start(&waiting[1], waits, "f");
      add(1, coro_erase(&waiting[1]), "F");
    }
    coro_wake_local((coro_waker){executor.context.waker.ops, &jobs[0]});
    CHECK(coro_job_cancel_now(&jobs[0]) == 0);
    CHECK(coro_executor_jobs(&executor) == (size_t)others);
  }
  run_ready();
  CHECK(coro_job_cancel_now(&jobs[1]) == 0);
}

static int refuse(coro_spawner *self, coro_job *job) {
  (void)self, (void)job;
  abort();
}

static void spawners_without_it(void) {
  coro_spawner_ops ops = *executor.spawner.ops;
  coro_spawner spawner = {&ops};
  ops.cancel_now = refuse;
  ops.version = 1;
  CHECK(coro_spawner_cancel_now(&spawner, &jobs[0]) == CORO_NOT_OFFERED);
  ops.version = 2;
  ops.cancel_now = NULL;
  CHECK(coro_spawner_cancel_now(&spawner, &jobs[0]) == CORO_NOT_OFFERED);
}

int main(void) {
  coro_executor_init(&executor, NULL, NULL);
  for (int i = 0; i < 4; i++)
    coro_start(&waiting[i], waits, (const char *[]){"a", "b", "c", "d"}[i]);
  coro_start(&slow, ends_slowly, "s");
  add(0, coro_erase(&waiting[0]), "A");
  add(1, coro_erase(&waiting[1]), "B");
  add(4, coro_erase(&slow), "S");
  run_ready();
  CHECK(coro_job_cancel_now(&jobs[1]) == 0); /* waits */
  CHECK(coro_job_cancel_now(&jobs[1]) == CORO_INVALID);
  add(2, coro_erase(&waiting[2]), "C");
  CHECK(coro_job_cancel_now(&jobs[2]) == 0); /* never polled: no cleanup */
  add(3, coro_erase(&waiting[3]), "D");
  run_ready();
  coro_wake_local((coro_waker){executor.context.waker.ops, &jobs[3]});
  CHECK(coro_job_cancel_now(&jobs[3]) == 0); /* ready */
  coro_task(ends_others) others;
  coro_start(&others, ends_others);
  add(5, coro_erase(&others), "O");
  run_ready();
  CHECK(coro_job_cancel_now(&jobs[4]) == CORO_BUSY); /* its cleanup waits */
  event("left");
  run_ready();
  CHECK(coro_executor_jobs(&executor) == 0);
  one_that_is_ending();
  a_scheduler_that_keeps();
  spawners_without_it();
  coro_executor_fini(&executor);
  check_text(events,
             "b B C d D a A inside O slow left s S again Q again Q f F E");
}
