// A blocked signal ends the wait whether it comes before it or during it, and
// is taken; two that are pending are taken one by one.
// RUN: %corocc %cflags %s -o %t && %t
// RUN: %clang %cflags -DCORO_ERASE_EFFECTS %s %rt_blocking -o %t.erased && %t.erased
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t.tsan && %t.tsan
#include "run.h"

#include <signal.h>

static void *send_late(void *argument) {
  (void)argument;
  usleep(2000);
  kill(getpid(), SIGUSR1);
  return NULL;
}

static yields void wait_for_three(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigaddset(&set, SIGUSR2);
  pthread_t thread = start_thread(send_late, NULL);
  CHECK(coro_wait_signal(&set) == SIGUSR1);
  coro_allow("coro-blocking-call") pthread_join(thread, NULL);

  kill(getpid(), SIGUSR1);
  kill(getpid(), SIGUSR2);
  int first = coro_wait_signal(&set);
  int second = coro_wait_signal(&set);
  CHECK(first + second == SIGUSR1 + SIGUSR2 && first != second);
  sigset_t pending;
  CHECK(!sigpending(&pending));
  CHECK(!sigismember(&pending, SIGUSR1) && !sigismember(&pending, SIGUSR2));
}

int main(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigaddset(&set, SIGUSR2);
  CHECK(!sigprocmask(SIG_BLOCK, &set, NULL));
  RUN_EVERYWHERE(wait_for_three);
}
