// A function that is asked for from anywhere is called on the executor's
// thread, outside of polls, whether that sleeps or is busy; what it adds is
// run, requests in a row count as one, and after the end of a call there are
// none.
// RUN: %clang %cflags -O1 %s %rt -o %t && %t
// RUN: %clang %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
#include "../check.h"

#include <coro/executor.h>
#include <pthread.h>
#include <unistd.h>

enum { THREADS = 3, REQUESTS = 2000 };

struct task {
  bool polling, busy;
  uint32_t over; /* atomic */
};

static coro_executor executor;
static struct task task, second;
static coro_job jobs[2];
static pthread_t owner;
static uint32_t calls; /* atomic */

static coro_status poll_task(void *frame, coro_context *cx) {
  struct task *self = frame;
  self->polling = true;
  if (self->busy)
    coro_wake_local(cx->waker);
  self->polling = false;
  return __atomic_load_n(&self->over, __ATOMIC_ACQUIRE) ? CORO_DONE
                                                        : CORO_PENDING;
}
static const coro_descriptor coro = BY_HAND(struct task, poll_task);

static void count(coro_call *call) {
  (void)call;
  CHECK(pthread_equal(pthread_self(), owner));
  CHECK(!task.polling);
  __atomic_fetch_add(&calls, 1, __ATOMIC_RELEASE);
}

static void add_second(coro_call *call) {
  second.over = 1;
  coro_executor_add(call->run.executor, &jobs[1],
                    (coro_any_task){&second, &coro}, NULL);
}

static coro_call counted, adding;

static void *ask(void *user) {
  (void)user;
  uint32_t before = 0;
  for (int i = 0; i < REQUESTS; i++) {
    coro_call_request(&counted);
    if (i % 100) /* some wait, so that the executor falls asleep */
      continue;
    before = __atomic_load_n(&calls, __ATOMIC_ACQUIRE);
    coro_call_request(&counted);
    while (__atomic_load_n(&calls, __ATOMIC_ACQUIRE) == before)
      usleep(10);
  }
  return NULL;
}

static void *ask_and_end(void *user) {
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++)
    CHECK(!pthread_create(&threads[i], NULL, ask, NULL));
  for (int i = 0; i < THREADS; i++)
    pthread_join(threads[i], NULL);
  __atomic_store_n(&task.over, 1, __ATOMIC_RELEASE);
  coro_waker *waker = user;
  coro_wake(*waker);
  return NULL;
}

static void run(bool busy) {
  calls = 0;
  task = (struct task){.busy = busy};
  coro_executor_init(&executor, NULL, NULL);
  coro_call_init(&counted, &executor, count);
  coro_executor_add(&executor, &jobs[0], (coro_any_task){&task, &coro}, NULL);
  coro_waker waker = {executor.context.waker.ops, &jobs[0].run};
  pthread_t thread;
  CHECK(!pthread_create(&thread, NULL, ask_and_end, &waker));
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  CHECK(!pthread_join(thread, NULL));
  uint32_t so_far = calls;
  CHECK(so_far >= REQUESTS / 100 && so_far <= 2 * THREADS * REQUESTS);
  coro_call_end(&counted);
  coro_call_request(&counted);
  coro_executor_step(&executor);
  CHECK(calls == so_far);
  coro_executor_fini(&executor);
}

/* Steps show when each call is made: with the next that polls nothing, or after
 * one poll; what was asked for and ended before is not made. */
static void check_steps(void) {
  calls = 0;
  task = (struct task){.busy = true};
  second = (struct task){0};
  coro_executor_init(&executor, NULL, NULL);
  coro_call_init(&counted, &executor, count);
  coro_call_init(&adding, &executor, add_second);
  for (int i = 0; i < 3; i++)
    coro_call_request(&counted);
  CHECK(!coro_executor_step(&executor) && calls == 1);
  coro_call_request(&adding);
  CHECK(coro_executor_step(&executor)); /* polls the task that was added */
  CHECK(coro_executor_jobs(&executor) == 0);
  coro_executor_add(&executor, &jobs[0], (coro_any_task){&task, &coro}, NULL);
  coro_call_request(&counted);
  CHECK(coro_executor_step(&executor) && coro_executor_step(&executor));
  CHECK(calls == 2);
  coro_call_request(&counted);
  coro_call_end(&counted);
  for (int i = 0; i < 100; i++)
    CHECK(coro_executor_step(&executor));
  CHECK(calls == 2);
  coro_call_end(&adding);
  CHECK(!coro_job_remove(&jobs[0]));
  coro_executor_fini(&executor);
}

int main(void) {
  owner = pthread_self();
  run(/*busy=*/false);
  run(/*busy=*/true);
  check_steps();
}
