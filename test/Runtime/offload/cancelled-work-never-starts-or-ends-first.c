// A task that is cancelled before its work runs ends at once, and the work
// never runs. One whose work runs ends once that has ended; after the work has
// ended, at once. The same for coro_timeout and coro_race, and when the context
// that cancels offers nothing.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %coro %cflags -O2 -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t && %t
#include "run.h"

static sem_t runs, go;
static int ran; /* atomic */

/* Blocks, and looks at its argument when it goes on. */
static int block(const int *number) {
  __atomic_add_fetch(&ran, 1, __ATOMIC_RELAXED);
  sem_post(&runs);
  wait_for(&go);
  return *number;
}
static void count(void) { __atomic_add_fetch(&ran, 1, __ATOMIC_RELAXED); }

static int cleaned;
static void clean(int *number) {
  CHECK(*number == 42);
  cleaned++;
}
static yields void wait_blocked(void) {
  __attribute__((cleanup(clean))) int number = 42;
  coro_offload(block, &number);
  event("back");
}
static yields void wait_counted(void) {
  coro_offload(count);
  event("counted");
}

static void open_one(void) {
  open_helpers((coro_helpers_options){.min = 1, .max = 1});
  __atomic_store_n(&ran, 0, __ATOMIC_RELAXED);
  cleaned = 0;
  *events = 0;
}
static void close_one(const char *expected) {
  close_helpers();
  free_tasks();
  check_text(events, expected);
}

static void before_it_starts(void) {
  open_one();
  BEGIN(wait_blocked);
  run_ready();
  wait_for(&runs);
  int a = BEGIN(wait_counted), b = BEGIN(wait_counted), c = BEGIN(wait_counted);
  run_ready();
  CHECK(coro_helpers_now(&helpers).queued == 3);
  coro_job_cancel(&tasks[b].job);
  run_ready();
  CHECK(tasks[b].ended == CORO_CANCELLED);
  coro_job_cancel(&tasks[c].job);
  coro_job_cancel(&tasks[a].job);
  run_ready();
  CHECK(tasks[a].ended == CORO_CANCELLED && tasks[c].ended == CORO_CANCELLED);
  CHECK(coro_helpers_now(&helpers).queued == 0);
  sem_post(&go);
  close_one("back");
  CHECK(ran == 1 && cleaned == 1);
}

static void while_it_runs(void) {
  open_one();
  int a = BEGIN(wait_blocked);
  run_ready();
  wait_for(&runs);
  coro_job_cancel(&tasks[a].job);
  run_ready();
  CHECK(tasks[a].ended == CORO_PENDING && cleaned == 0);
  coro_job_cancel(&tasks[a].job); /* changes nothing */
  run_ready();
  CHECK(tasks[a].ended == CORO_PENDING && cleaned == 0);
  sem_post(&go);
  CHECK(coro_executor_run(&executor) == 0);
  CHECK(tasks[a].ended == CORO_CANCELLED && cleaned == 1);
  close_one("");
}

/* The work has ended, and the task has not seen it yet: the only helper has it
 * between two others, and nobody is polled meanwhile. */
static void after_it_ran(void) {
  open_one();
  BEGIN(wait_blocked);
  run_ready();
  wait_for(&runs);
  int a = BEGIN(wait_counted);
  BEGIN(wait_blocked);
  run_ready();
  CHECK(coro_helpers_now(&helpers).queued == 2);
  sem_post(&go);
  wait_for(&runs);
  coro_job_cancel(&tasks[a].job);
  run_ready();
  CHECK(tasks[a].ended == CORO_CANCELLED && ran == 3);
  sem_post(&go);
  close_one("back back");
}

static yields void race_it(void) {
  coro_task(wait_counted) counted;
  coro_task(wait_blocked) blocked;
  coro_start(&counted, wait_counted);
  coro_start(&blocked, wait_blocked);
  coro_race(&blocked, &counted);
  event("raced");
}
/* Two helpers: when one arm is done, the work of the other is queued, or runs,
 * or has just ended. */
static void raced(void) {
  open_helpers((coro_helpers_options){.max = 2});
  *events = 0;
  sem_post(&go);
  BEGIN(race_it);
  close_helpers();
  free_tasks();
  CHECK(strstr(events, "raced"));
  while (!sem_trywait(&runs))
    ;
  while (!sem_trywait(&go))
    ;
}

static void post(void *semaphore) { sem_post(semaphore); }
static const coro_waker_ops post_ops = {.wake = post};

/* By hand, with a context that offers nothing, and the waker of each poll. */
static void by_another_context(void) {
  open_one();
  sem_t woken[2];
  sem_init(&woken[0], 0, 0);
  sem_init(&woken[1], 0, 0);
  coro_any_task task = coro_new(&coro_allocator_default, wait_blocked);
  coro_context cx = CORO_CONTEXT_INIT;
  cx.waker = (coro_waker){&post_ops, &woken[0]};
  cx.offloader = &helpers.offloader;
  CHECK(coro_poll_any(task, &cx) == CORO_PENDING);
  wait_for(&runs);
  cx.offloader = NULL;
  CHECK(coro_poll_any(task, &cx) == CORO_PENDING);
  cx.waker.data = &woken[1];
  CHECK(coro_cancel_any(task, &cx) == CORO_PENDING);
  sem_post(&go);
  wait_for(&woken[1]);
  CHECK(coro_cancel_any(task, &cx) == CORO_CANCELLED);
  CHECK(sem_trywait(&woken[0]));
  CHECK(cleaned == 1);
  coro_free(task);
  close_one("");
}

int main(void) {
  sem_init(&runs, 0, 0);
  sem_init(&go, 0, 0);
  before_it_starts();
  while_it_runs();
  after_it_ran();
  by_another_context();
  raced();
}
