/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A pool: one generic executor in each of several threads, by default one for
 * each processor. A task and all that it spawns with its context's spawner stay
 * on one thread. Only what is sent, with the context's sender or with
 * coro_pool_send, may run on any of them: a thread that has nothing to do
 * takes it from another, until it is polled for the first time. From then on it
 * stays where it is.
 */
#ifndef CORO_POOL_H
#define CORO_POOL_H

#include <coro/executor.h>
#include <coro/time.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct coro_pool coro_pool;

/* What a pool is to be; all zero is a good one. */
typedef struct coro_pool_options {
  uint32_t workers; /* threads; 0: one for each processor we may run on */
  uint32_t pinned;  /* 1: each thread stays on one processor */
  uint32_t io;      /* 1: each thread has a reactor, and so files and sockets */
  void *user;       /* for the next two */
  /* Called on each thread before its first task and after its last, with its
   * executor, to which it may add tasks and capabilities. worker counts from 0.
   * Either may be NULL. */
  void (*begin)(void *user, coro_executor *executor, uint32_t worker);
  void (*end)(void *user, coro_executor *executor, uint32_t worker);
} coro_pool_options;

/*
 * Starts the threads; they inherit the caller's signal mask. Each offers its
 * tasks its executor, a spawner, timers, a sender, the default allocator and,
 * if asked for, a reactor. options may be NULL: all zero. NULL if it cannot be
 * done; *error, which may not be NULL, then is a negative number of error.h or
 * -errno, and no thread is left.
 */
coro_pool *coro_pool_open(const coro_pool_options *options, int *error);

/* How many threads it has. From any thread. */
uint32_t coro_pool_workers(const coro_pool *pool);

/* Which of the pool's threads calls, counted from 0; -1 for any other. */
int coro_pool_here(const coro_pool *pool);

/* The interface through which tasks are sent: the one in its tasks' contexts,
 * good for any thread. Lives as long as the pool. */
coro_sender *coro_pool_sender(coro_pool *pool);

/*
 * Gives the pool a task that was started, or started and suspended by its
 * caller, in a job of the caller's. Both are the pool's until on_done, which is
 * called on the thread the task ran on and may be NULL. job->user is kept. From
 * any thread, not from signal handlers. 0, or CORO_CLOSED once the pool stops:
 * then nothing was taken.
 */
int coro_pool_send(coro_pool *pool, coro_job *job,
                   coro_any_task task CORO_SENDS, coro_on_done *on_done);

/*
 * Nobody wants this sent job any more: it is cancelled in its turn, as by
 * coro_job_cancel. From any thread, not from signal handlers, and only while
 * the job's storage is there.
 */
void coro_pool_cancel(coro_pool *pool, coro_job *job);

/*
 * Sends the task and waits until it is done: CORO_DONE, CORO_RAISED or
 * CORO_CANCELLED, or CORO_CLOSED if it was refused. Not from the pool's
 * threads: CORO_INVALID.
 */
CORO_BLOCKING int coro_pool_run(coro_pool *pool, coro_any_task task CORO_SENDS);

/*
 * Waits until the pool has no job at all, for ns nanoseconds at most
 * (CORO_FOREVER: as long as it takes). 0, CORO_TIMED_OUT, CORO_CLOSED once it
 * stops. All on_done of those jobs have returned. Not from the pool's threads:
 * CORO_INVALID.
 */
CORO_BLOCKING int coro_pool_wait(coro_pool *pool, uint64_t ns);

/*
 * Ends the pool: takes no more tasks, cancels those it has, and gives them ns
 * nanoseconds from now (CORO_FOREVER: as long as it takes) to run to their
 * ends. From any thread, also from its tasks; not from signal handlers. Only
 * the first call counts.
 */
void coro_pool_stop(coro_pool *pool, uint64_t ns);

/*
 * Waits until all threads have ended after coro_pool_stop. How many jobs would
 * not end, 0 if none; or -errno of a reactor that failed, or
 * CORO_UNKNOWN_VERSION where `begin` gave an executor a capability of one: the
 * pool then stops by itself. A task that does not suspend is waited for
 * whatever the deadline. One thread, once, and none of the pool's.
 */
CORO_BLOCKING long coro_pool_join(coro_pool *pool);

/* The executor of one of its threads, to look at after coro_pool_join. */
coro_executor *coro_pool_executor(coro_pool *pool, uint32_t worker);

/*
 * Gives back its memory; stops and joins it first, without a deadline, where
 * that was not done. No other thread is inside a function with this pool, and
 * no waker of a job that would not end is called any more. NULL is fine.
 */
CORO_BLOCKING void coro_pool_close(coro_pool *pool);

#ifdef __cplusplus
}
#endif

#endif
