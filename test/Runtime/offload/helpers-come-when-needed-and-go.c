// Threads are started when work finds none that waits for it, up to the most
// there may be; they end after a while without work, but for the least there
// must be. They take no signals. Work that was taken is run before they stop.
// RUN: %corocc %cflags -O1 %s -o %t && %t
// RUN: %coro %cflags -O2 -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t && %t
#include "run.h"

#include <signal.h>

static sem_t runs, go;
static void block(void) {
  sem_post(&runs);
  wait_for(&go);
}
static yields void wait_blocked(void) { coro_offload(block); }

static void wait_until_threads(uint32_t count, uint32_t idle) {
  for (;;) {
    coro_helpers_state now = coro_helpers_now(&helpers);
    if (now.threads == count && now.idle == idle)
      return;
    nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
  }
}

static void open_blocked(int count) {
  for (int i = 0; i < count; i++)
    BEGIN(wait_blocked);
  run_ready();
}
static void close_blocked(int count) {
  for (int i = 0; i < count; i++)
    sem_post(&go);
  CHECK(coro_executor_run(&executor) == 0);
  free_tasks();
}

static void come_and_go(void) {
  open_helpers((coro_helpers_options){.min = 1, .max = 3, .idle_ns = 20000000});
  wait_until_threads(1, 1);
  open_blocked(1); /* by the one that is there */
  wait_for(&runs);
  CHECK(coro_helpers_now(&helpers).threads == 1);
  open_blocked(4);
  for (int i = 0; i < 2; i++)
    wait_for(&runs);
  wait_until_threads(3, 0);
  CHECK(coro_helpers_now(&helpers).queued == 2);
  close_blocked(5);
  for (int i = 0; i < 2; i++)
    wait_for(&runs);
  wait_until_threads(1, 1);
  open_blocked(2); /* and come again */
  for (int i = 0; i < 2; i++)
    wait_for(&runs);
  wait_until_threads(2, 0);
  close_blocked(2);
  close_helpers();
}

static void all_go(void) {
  open_helpers((coro_helpers_options){.max = 2, .idle_ns = 1000000});
  CHECK(coro_helpers_now(&helpers).threads == 0);
  for (int round = 0; round < 3; round++) {
    open_blocked(2);
    for (int i = 0; i < 2; i++)
      wait_for(&runs);
    close_blocked(2);
    wait_until_threads(0, 0);
  }
  close_helpers();
}

static int blocked; /* signals, in the helper */
static void look_at_signals(void) {
  sigset_t mask;
  CHECK(!pthread_sigmask(SIG_SETMASK, NULL, &mask));
  blocked = sigismember(&mask, SIGUSR1) && sigismember(&mask, SIGINT);
}
static yields void wait_looked(void) { coro_offload(look_at_signals); }

static void no_signals(void) {
  open_helpers((coro_helpers_options){0});
  BEGIN(wait_looked);
  CHECK(coro_executor_run(&executor) == 0);
  free_tasks();
  CHECK(blocked);
  sigset_t mask;
  CHECK(!pthread_sigmask(SIG_SETMASK, NULL, &mask));
  CHECK(!sigismember(&mask, SIGUSR1));
  close_helpers();
}

/* Nobody polls them any more; they run nevertheless. */
static int ran;
static void count(coro_work *work) {
  (void)work;
  __atomic_add_fetch(&ran, 1, __ATOMIC_RELAXED);
}
static void stop_runs_what_was_taken(void) {
  open_helpers((coro_helpers_options){.max = 2, .limit = 100});
  coro_work works[100];
  for (int i = 0; i < 100; i++) {
    coro_work_init(&works[i], count);
    CHECK(coro_work_try(&works[i], &helpers.offloader) == 0);
  }
  coro_helpers_stop(&helpers);
  CHECK(ran == 100);
  coro_executor_fini(&executor);
}

int main(void) {
  sem_init(&runs, 0, 0);
  sem_init(&go, 0, 0);
  CHECK(coro_helpers_start(&helpers, &(coro_helpers_options){
                                         .min = 3, .max = 2}) == CORO_INVALID);
  come_and_go();
  all_go();
  no_signals();
  stop_runs_what_was_taken();
}
