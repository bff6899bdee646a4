/*
 * Primitives over executors. A file of this folder tests one primitive: its
 * cases are functions that yield, each of which runs as TASKS tasks, numbered
 * from 0, on each executor. The file's RUN lines are the other dimension: two
 * levels of optimisation and the sanitizers, with a runtime that is
 * instrumented as well. table.txt says which file has which primitive.
 *
 * The file defines, before it includes run.h:
 *
 *   CASES(X)       X(function, where it cannot run) for each case
 *   begin, end     called before and after each: end checks that nothing is
 * left
 *
 * What the tasks count without an atomic operation is ordered by the primitive
 * under test: ThreadSanitizer finds it where that fails.
 */
#ifndef MATRIX_H
#define MATRIX_H

#include "../check.h"

#include <coro/coro.h>
#include <coro/testing.h>

enum { TASKS = 4 };
#define LONG (100 * CORO_SECOND) /* no test is as slow as that */

enum executor_kind {
  ON_BLOCK_ON, /* one coro_block_on joins all tasks */
  ON_THREADS,  /* a thread and a coro_block_on for each */
  ON_GENERIC,  /* a coro_loop */
  ON_CLOSED,   /* a set of CORO_EXECUTOR */
  ON_POOL,     /* tasks sent to a pool of three threads */
  ON_SEEDED,   /* orders by a seed, a clock that jumps, counted memory */
  EXECUTORS
};

/* Why a case cannot run somewhere: the empty cells. */
enum {
  EVERYWHERE = 0,
  /* coro_block_on offers neither spawner, offloader nor files. */
  NEEDS_EXECUTOR = 1 << ON_BLOCK_ON | 1 << ON_THREADS,
  /* A closed set has the functions that it names, and so no spawner; and where
   * it is known the compiler refuses both. */
  NEEDS_SPAWNER = NEEDS_EXECUTOR | 1 << ON_CLOSED,
  /* A script's files are none that a system call reads. */
  NEEDS_FILES = NEEDS_EXECUTOR | 1 << ON_SEEDED,
  /* A closed set refuses what would hold up its other tasks; and while a helper
   * works, a clock that jumps is at the end of every limit. */
  NEEDS_OFFLOADER = NEEDS_SPAWNER | 1 << ON_SEEDED,
  /* Only a pool takes tasks from any thread. */
  NEEDS_SENDER = NEEDS_SPAWNER | 1 << ON_GENERIC | 1 << ON_SEEDED,
};

static enum executor_kind on;
static int rounds;
static coro_helpers helpers; /* every executor offers them, but block_on */

static inline bool between_threads(void) {
  return on == ON_THREADS || on == ON_POOL;
}

/* FRESH(coro_mutex, CORO_MUTEX): one for the threads that there are. */
#define FRESH(type, NAME)                                                      \
  (between_threads() ? (type)NAME##_SHARED_INIT : (type)NAME##_INIT)
#define FRESH_OF(type, NAME, n)                                                \
  (between_threads() ? (type)NAME##_SHARED_INIT(n) : (type)NAME##_INIT(n))

/* Of numbers that the primitive does not order. */
#define ADD(number, n) __atomic_add_fetch(&(number), (n), __ATOMIC_RELAXED)

/* For tasks to meet: each sets one, once. */
static coro_event first, second;
static int arrived;

/* The last of so many sets the event. */
static inline void arrive(coro_event *event, int tasks) {
  if (ADD(arrived, 1) == tasks)
    coro_event_set(event);
}

static inline yields void yield_times(int times) {
  while (times--)
    coro_yield_now();
}

#endif
