// Many tasks that sleep, on one thread.
#include <coro/coro.h>
#include <stdio.h>

enum { SLEEPERS = 10000 };

static int awake;

static yields void sleeper(int number) {
  coro_sleep((uint64_t)(number % 100) * CORO_MILLISECOND);
  awake++;
}

static yields void watch(void) {
  while (awake < SLEEPERS) {
    printf("%s\n", awake == 0 ? "all asleep" : "some are awake");
    coro_sleep(60 * CORO_MILLISECOND);
  }
  printf("%d awake\n", awake);
}

static coro_task(sleeper) tasks[SLEEPERS];
static coro_job jobs[SLEEPERS];

int main(void) {
  coro_loop loop;
  int error = coro_loop_init(&loop);
  if (error)
    return 1;

  coro_task(watch) watching;
  coro_job watching_job;
  coro_start(&watching, watch);
  coro_loop_add(&loop, &watching_job, coro_erase(&watching), NULL);

  for (int i = 0; i < SLEEPERS; i++) {
    coro_start(&tasks[i], sleeper, i);
    coro_loop_add(&loop, &jobs[i], coro_erase(&tasks[i]), NULL);
  }

  error = coro_loop_run(&loop); // until every task is done
  coro_loop_fini(&loop);
  return error != CORO_RUN_FINISHED;
}
