// A signal handler wakes a job and stops a run, whatever the executor is doing
// just then: polling, about to sleep, asleep, inside its own queues.
// RUN: %clang %cflags %s %rt -o %t && %t
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
#include "../check.h"

#include <coro/executor.h>
#include <coro/io.h>
#include <errno.h>
#include <signal.h>
#include <sys/time.h>

enum { SIGNALS = 3000 };

static coro_waker waker;
static coro_executor executor;
static volatile sig_atomic_t signals;
static uint32_t seen; /* signals the job was polled for, atomic */

static void on_alarm(int signal) {
  (void)signal;
  int saved = errno;
  errno = EDOM; /* waking must keep whatever is here */
  signals++;
  coro_wake(waker);
  if (signals % 16 == 0)
    coro_executor_stop(&executor);
  if (errno != EDOM)
    abort();
  errno = saved;
}

static coro_status poll_counting(void *frame, coro_context *cx) {
  (void)frame;
  waker = cx->waker;
  seen = (uint32_t)signals;
  return seen >= SIGNALS ? CORO_DONE : CORO_PENDING;
}

/* Keeps the executor's queues busy half of the time. */
static coro_status poll_busy(void *frame, coro_context *cx) {
  unsigned *polls = frame;
  if (seen >= SIGNALS)
    return CORO_DONE;
  if (++*polls % 512)
    coro_wake(cx->waker);
  else
    *polls = 0;
  return CORO_PENDING;
}

static const coro_descriptor counting = BY_HAND(int, poll_counting);
static const coro_descriptor busy = BY_HAND(unsigned, poll_busy);

static void run(struct coro_reactor *reactor) {
  signals = 0;
  seen = 0;
  coro_executor_init(&executor, reactor, NULL);
  coro_job jobs[2];
  unsigned polls = 0;
  int none = 0;
  coro_executor_add(&executor, &jobs[0], (coro_any_task){&none, &counting},
                    NULL);
  CHECK(coro_executor_step(&executor)); /* there is a waker now */
  coro_executor_add(&executor, &jobs[1], (coro_any_task){&polls, &busy}, NULL);

  /* Every 50 us; the executor's own wakes of the busy job are its doing. */
  setitimer(ITIMER_REAL, &(struct itimerval){{0, 50}, {0, 50}}, NULL);
  int result;
  while ((result = coro_executor_run(&executor)) == CORO_RUN_STOPPED) {
    /* A job that sleeps is woken only by the handler: wake the busy one. */
    if (polls == 0)
      coro_wake((coro_waker){waker.ops, &jobs[1]});
  }
  setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 0}}, NULL);
  CHECK(result == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
}

int main(void) {
  sigaction(SIGALRM, &(struct sigaction){.sa_handler = on_alarm}, NULL);
  run(NULL);
  int error;
  struct coro_reactor *reactor = coro_reactor_open(&error);
  CHECK(reactor);
  run(reactor);
  coro_reactor_close(reactor);
}
