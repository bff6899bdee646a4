// RUN: %coro -fsyntax-only -Wall -Werror %s
// Nothing that belongs to one thread goes, or nothing goes.
#include <coro/coro.h>
#include <pthread.h>

struct coro_local arena {
  char *next;
};
static _Thread_local int counter;
void use(const void *);
void *run(void *task);
void spawn(coro_any_task task CORO_SENDS);
void stay(coro_any_task task);

static yields void takes(struct arena *arena) {
  coro_suspend();
  use(arena);
}
void stays(struct arena *arena, coro_executor *executor, coro_job *job) {
  static coro_task(takes) task;
  coro_start(&task, takes, arena);
  stay(coro_erase(&task));
  coro_executor_add(executor, job, coro_erase(&task), NULL);
}

static yields int between(int n) {
  struct arena arena = {NULL};
  use(&arena);
  int *p = &counter;
  n += *p;
  coro_suspend();
  p = &n;
  coro_suspend();
  // By value, and anew.
  int value = counter;
  coro_suspend();
  p = &counter;
  struct arena another = {NULL};
  use(&another);
  return n + value + *p;
}
static yields void any(int n, const void *p) {
  coro_suspend();
  use(p);
  use(&n);
}
void sends(pthread_t *thread, coro_any_task unknown, void *argument) {
  static coro_task(between) task;
  coro_start(&task, between, counter);
  pthread_create(thread, NULL, run, &task);
  static coro_task(any) other;
  coro_start(&other, any, counter, "text");
  spawn(coro_erase(&other));
  spawn(unknown);
  pthread_create(thread, NULL, run, argument);
  pthread_create(thread, NULL, run, &counter);
  static coro_task(any) stays;
  coro_start(&stays, any, 1, &counter);
  stay(coro_erase(&stays));
  static coro_task(takes) silenced;
  coro_start(&silenced, takes, NULL);
  coro_allow("coro-send") spawn(coro_erase(&silenced));
}
