/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Linux: waits are futexes, the clock is CLOCK_MONOTONIC. */
#include "../port.h"

#include <coro/time.h>

#include <errno.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_SECOND UINT64_C(1000000000)

uint64_t coro_port_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * NS_PER_SECOND + (uint64_t)now.tv_nsec;
}

uint64_t (*const coro_clock)(void) = coro_port_now;

/* A failing futex call is a wait that ended early: callers look again. */
static void futex(const uint32_t *word, int operation, uint32_t value,
                  const struct timespec *timeout) {
  int saved = errno;
  syscall(SYS_futex, word, operation | FUTEX_PRIVATE_FLAG, value, timeout, NULL,
          0);
  errno = saved;
}

#if __has_feature(thread_sanitizer)
/*
 * ThreadSanitizer keeps a signal until its thread makes a call that it knows,
 * and a futex is none: a thread that slept in one would never run its handlers.
 * So it makes such a call when it wakes up, which a signal does only where the
 * wait has a limit; and looks now and then, since a signal may have come just
 * before it slept.
 */
#define LONGEST_WAIT (NS_PER_SECOND / 10)
static void run_signal_handlers(void) {
  int saved = errno;
  nanosleep(&(struct timespec){0, 0}, NULL);
  errno = saved;
}
#else
#define LONGEST_WAIT CORO_PORT_FOREVER
static void run_signal_handlers(void) {}
#endif

void coro_port_wait(const uint32_t *word, uint32_t expected, uint64_t ns) {
  if (ns > LONGEST_WAIT)
    ns = LONGEST_WAIT;
  /* 584 years of nanoseconds fit into the seconds of any time_t but one of 32
   * bits, and there the wait ends early, which it may. */
  struct timespec timeout = {(time_t)((ns / NS_PER_SECOND) & INT32_MAX),
                             (long)(ns % NS_PER_SECOND)};
  futex(word, FUTEX_WAIT, expected, ns == CORO_PORT_FOREVER ? NULL : &timeout);
  run_signal_handlers();
}

void coro_port_wake(const uint32_t *word) {
  futex(word, FUTEX_WAKE, INT32_MAX, NULL);
}

static bool parallel;

/* As the program is started: its threads may tie themselves to processors, one
 * each, later. More than there is room for are several. */
__attribute__((constructor)) static void count_processors(void) {
  unsigned long masks[16];
  long bytes = syscall(SYS_sched_getaffinity, 0, sizeof(masks), masks);
  int count = bytes < 0 ? 2 : 0;
  for (long i = 0; i < bytes / (long)sizeof(*masks); i++)
    count += __builtin_popcountl(masks[i]);
  parallel = count > 1;
}

bool coro_port_parallel(void) { return parallel; }
