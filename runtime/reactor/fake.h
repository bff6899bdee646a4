/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A reactor whose files and clock exist in a script only, for tests: no time
 * passes and every run is the same. What it was asked, and when, is its log:
 *
 *   0 wait 3 r        at 0 ns: a wait for file 3 to be readable
 *   0 gather 50       the executor sleeps for at most 50 ns (or `forever`)
 *   20 ready 3 r      the script made file 3 readable
 *   20 deliver 3 r    the wait is over
 *   20 cancel 4       a wait was taken out
 *   20 stuck          it slept for ever: gather fails with -EDEADLK
 *
 * A file that becomes ready stays so until one wait took it.
 */
#ifndef CORO_FAKE_H
#define CORO_FAKE_H

#include <coro/reactor.h>

#include <coro/time.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct coro_fake_event {
  uint64_t at; /* ns; in ascending order */
  int fd;      /* 0 to CORO_FAKE_FILES - 1 */
  unsigned events;
} coro_fake_event;

enum { CORO_FAKE_FILES = 32, CORO_FAKE_LOG = 8192 };

/* Caller's storage; the members are there for tests to look at. */
typedef struct coro_fake {
  coro_reactor reactor;
  coro_timers timers; /* by the script's clock */
  const coro_fake_event *script;
  size_t script_left;
  uint64_t now;
  coro_fd_wait *waits; /* in the order of their beginning */
  unsigned char ready[CORO_FAKE_FILES];
  int notes; /* atomic; notifications not yet taken */
  size_t log_size;
  char log[CORO_FAKE_LOG]; /* lines; what does not fit is left out */
} coro_fake;

/* script is borrowed. Nothing needs an end; close does nothing. */
void coro_fake_init(coro_fake *fake, const coro_fake_event *script,
                    size_t count);

#ifdef __cplusplus
}
#endif

#endif
