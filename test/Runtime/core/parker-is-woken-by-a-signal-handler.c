// RUN: %clang %cflags %s %rt -o %t && %t
// RUN: %clang %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
#include "../check.h"

#include <coro/task.h>
#include <signal.h>
#include <sys/time.h>

static coro_parker parker;
static volatile sig_atomic_t signals;

static void on_alarm(int signal) {
  (void)signal;
  signals++;
  coro_wake(parker.context.waker);
}

int main(void) {
  coro_parker_begin(&parker);
  sigaction(SIGALRM, &(struct sigaction){.sa_handler = on_alarm}, NULL);
  setitimer(ITIMER_REAL, &(struct itimerval){{0, 100}, {0, 100}}, NULL);
  for (int waits = 1; waits <= 1000; waits++) {
    coro_parker_wait(&parker);
    CHECK(signals >= waits);
  }
  setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
}
