/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * For tests of programs that use coro: nothing in here depends on the machine,
 * the time or the day, so a run that failed once fails again. Needs a C
 * library. docs/language/testing.md shows them in use.
 *
 *   coro_fake                 files and a clock that exist in a script only
 *   coro_seeded               ready tasks in an order that a seed decides
 *   coro_faulty_allocator     refuses the n-th allocation
 *   coro_faulty_reactor       fails the n-th wait for a file
 *   coro_faulty_completion    refuses the n-th operation
 *   coro_faulty_spawner       refuses the n-th task
 *   coro_faulty_sender        refuses the n-th task sent
 *
 * Each has one user at a time: the executor or the test.
 */
#ifndef CORO_TESTING_H
#define CORO_TESTING_H

#include <coro/executor.h>
#include <coro/reactor.h>
#include <coro/time.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A reactor whose files and clock exist in a script only: where the executor
 * would sleep the clock jumps to what comes next. With an empty script it is
 * a virtual clock. What it was asked, and when, is its log:
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

/*
 * A scheduler for coro_executor_set_scheduler: which of the ready tasks is
 * polled next is decided by the seed. Any order of up to CORO_SEEDED_REACH
 * ready tasks is possible, and of more any in which none goes far ahead of
 * those who came before; none waits for ever. The same seed and program: the
 * same order.
 */
typedef struct coro_seeded {
  coro_scheduler scheduler;
  coro_runnable *first;
  coro_runnable **last;
  size_t count;
  uint64_t state;
} coro_seeded;

enum { CORO_SEEDED_REACH = 32 };

/* Caller's storage; nothing needs an end. */
void coro_seeded_init(coro_seeded *seeded, uint64_t seed);

/*
 * When something fails: counted from 1, that one fails and, where `on` is
 * set, all after it. 0: none does. `seen` counts, so a test that sees fewer
 * than `at` has been through every place:
 *
 *   for (uint64_t at = 1;; at++) {
 *     coro_faulty_allocator faulty;
 *     coro_faulty_allocator_init(&faulty, &coro_allocator_default, at,
 * false); run_with(&faulty.allocator); if (faulty.faults.seen < at) break;
 *   }
 */
typedef struct coro_faults {
  uint64_t at;
  uint64_t seen;
  bool on;
} coro_faults;

/* An allocator in front of another, which has to outlive it. */
typedef struct coro_faulty_allocator {
  coro_allocator allocator;
  coro_allocator *inner;
  coro_faults faults;
  size_t live; /* pieces taken and not given back */
} coro_faulty_allocator;

void coro_faulty_allocator_init(coro_faulty_allocator *faulty,
                                coro_allocator *inner, uint64_t at, bool on);

/* A reactor in front of another. Closing it closes the other. */
typedef struct coro_faulty_reactor {
  coro_reactor reactor;
  coro_reactor *inner;
  coro_faults faults;
  int error; /* what a wait that fails returns: negative */
} coro_faulty_reactor;

void coro_faulty_reactor_init(coro_faulty_reactor *faulty, coro_reactor *inner,
                              uint64_t at, bool on, int error);

/* The same for operations: coro_perform returns `error`. */
typedef struct coro_faulty_completion {
  coro_completion completion;
  coro_completion *inner;
  coro_faults faults;
  int error;
} coro_faulty_completion;

void coro_faulty_completion_init(coro_faulty_completion *faulty,
                                 coro_completion *inner, uint64_t at, bool on,
                                 int error);

/* A spawner in front of another. What it takes is the other's. */
typedef struct coro_faulty_spawner {
  coro_spawner spawner;
  coro_spawner *inner;
  coro_faults faults;
  int error;
} coro_faulty_spawner;

void coro_faulty_spawner_init(coro_faulty_spawner *faulty, coro_spawner *inner,
                              uint64_t at, bool on, int error);

/* The same for a sender; to be used from one thread, as all of these. */
typedef struct coro_faulty_sender {
  coro_sender sender;
  coro_sender *inner;
  coro_faults faults;
  int error;
} coro_faulty_sender;

void coro_faulty_sender_init(coro_faulty_sender *faulty, coro_sender *inner,
                             uint64_t at, bool on, int error);

#ifdef __cplusplus
}
#endif

#endif
