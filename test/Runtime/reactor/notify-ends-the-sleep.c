// From another thread and from a signal handler, before the sleep and during
// it; each notification is counted once, and errno is kept.
// RUN: %clang %cflags %s %rt -o %t && %t
// RUN: %clang %cflags -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "wait.h"

#include <pthread.h>
#include <signal.h>
#include <sys/time.h>

static coro_reactor *reactor;

static void *notify_twice(void *argument) {
  (void)argument;
  usleep(1000);
  reactor->ops->notify(reactor);
  reactor->ops->notify(reactor);
  return NULL;
}

static void on_alarm(int signal) {
  (void)signal;
  int saved = errno;
  errno = EDOM;
  reactor->ops->notify(reactor);
  if (errno != EDOM)
    abort();
  errno = saved;
}

int main(void) {
  reactor = open_reactor();
  reactor->ops->notify(reactor);
  CHECK(turn(reactor, CORO_FOREVER) == 1);
  CHECK(turn(reactor, 0) == 0);

  pthread_t thread;
  CHECK(!pthread_create(&thread, NULL, notify_twice, NULL));
  for (int notes = 0; notes < 2;)
    notes += turn(reactor, CORO_FOREVER);
  pthread_join(thread, NULL);
  CHECK(turn(reactor, 0) == 0);

  sigaction(SIGALRM, &(struct sigaction){.sa_handler = on_alarm}, NULL);
  setitimer(ITIMER_REAL, &(struct itimerval){{0, 200}, {0, 200}}, NULL);
  for (int notes = 0; notes < 300;) {
    int count = turn(reactor, CORO_FOREVER);
    CHECK(count >= 0);
    notes += count;
  }
  setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 0}}, NULL);
  coro_reactor_close(reactor);
}
