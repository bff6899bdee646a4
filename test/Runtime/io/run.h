/* Runs one function that yields, to its end: in a loop with a reactor, with no
 * capabilities at all (blocking), and with effects erased. Same results. */
#ifndef CORO_TEST_RUN_H
#define CORO_TEST_RUN_H

#include "../check.h"

#include <coro/coro.h>
#include <errno.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

/* scenario is a function of no arguments and no result. */
#ifdef CORO_ERASE_EFFECTS

#define RUN_EVERYWHERE(scenario) scenario()

#else

static inline void run_in_loop(coro_any_task task) {
  coro_loop loop;
  CHECK(coro_loop_init(&loop) == 0);
  coro_job job;
  coro_loop_add(&loop, &job, task, NULL);
  CHECK(coro_loop_run(&loop) == CORO_RUN_FINISHED);
  coro_loop_fini(&loop);
}

#define RUN_EVERYWHERE(scenario)                                               \
  do {                                                                         \
    coro_block_on(scenario);                                                   \
    coro_task(scenario) task;                                                  \
    coro_start(&task, scenario);                                               \
    run_in_loop(coro_erase(&task));                                            \
  } while (0)

#endif

/* A thread, joined by pthread_join: the other side, which knows no coroutine.
 */
static inline pthread_t start_thread(void *(*run)(void *), void *argument) {
  pthread_t thread;
  CHECK(!pthread_create(&thread, NULL, run, argument));
  return thread;
}

#endif
