/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The generic executor: any number of tasks of any kind on one thread. It takes
 * no memory: the executor and every job are storage of the caller's choice.
 */
#ifndef CORO_EXECUTOR_H
#define CORO_EXECUTOR_H

#include <coro/context.h>
#include <coro/task.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct coro_job coro_job;
typedef struct coro_executor coro_executor;

/*
 * Called on the executor's thread when a job's task is done: status is
 * CORO_DONE, CORO_RAISED or CORO_CANCELLED. The executor has let go of the job:
 * its storage may be freed or added again in here.
 */
typedef void coro_on_done(coro_job *job, coro_status status);

/*
 * One task in an executor. The storage belongs to the caller and stays where it
 * is until on_done; if anybody may still hold the task's waker then, until they
 * have let go. Only `user` is the caller's to read and write.
 */
struct coro_job {
  coro_any_task task;
  coro_executor *executor;
  coro_job *next; /* in whichever queue the job is */
  coro_on_done *on_done;
  void *user;     /* the caller's; the executor never looks at it */
  uint32_t state; /* touched atomically: see runtime/exec/executor.c */
  bool ending;    /* coro_job_cancel was called; owner only */
};

/* Opaque: the members belong to the runtime. */
struct coro_executor {
  coro_context context;   /* what each poll gets, its waker set to the job's */
  coro_job *first, *last; /* ready, first in first out; owner only */
  coro_job *woken;        /* woken by anybody, last first; atomic */
  coro_job stopper;       /* woken by coro_executor_stop; has no task */
  size_t jobs;            /* added and not done */
  uint32_t notes; /* atomic; notifications where no reactor takes them */
  uint32_t notes_seen;
  uint32_t notes_owed; /* notifications on their way to us */
  uint32_t until_look; /* polls before I/O and timers are looked at again */
  uint32_t fuel;       /* operations the running poll has left */
  bool stopping;
};

/*
 * Makes an executor in the given storage, which stays where it is until
 * coro_executor_fini. reactor and timers may each be NULL, are borrowed until
 * then, and serve no second executor. The thread that calls the functions below
 * owns it; only coro_executor_stop and the tasks' wakers are for everybody.
 */
void coro_executor_init(coro_executor *executor, struct coro_reactor *reactor,
                        struct coro_timers *timers);

/*
 * What its tasks take frames from; without this call coro_allocator_default.
 * NULL is none: everything is refused. Borrowed until coro_executor_fini.
 * Owner's thread, not from inside a task.
 */
static inline void coro_executor_set_allocator(coro_executor *executor,
                                               coro_allocator *allocator) {
  executor->context.allocator = allocator;
}

/*
 * Ends it. Jobs that are left are forgotten: their tasks are the caller's
 * again, and their wakers may not be called any more. What those tasks wait for
 * still has their frames' addresses, until they are cancelled: so cancel them
 * before the reactor and the timers go, here or by coro_cancel_any. Wakes that
 * have returned or are about to are fine: fini waits for the few instructions
 * they have left.
 */
void coro_executor_fini(coro_executor *executor);

/*
 * Adds a task that was started and is not done; it is polled for the first time
 * after all jobs that are ready now. on_done may be NULL. Owner's thread, also
 * from inside a task. Keeps job->user.
 */
void coro_executor_add(coro_executor *executor, coro_job *job,
                       coro_any_task task, coro_on_done *on_done);

/*
 * Nobody wants this job any more. In its turn, after all jobs that are ready
 * now, its task is cancelled and not polled, as often as its cleanups wait;
 * on_done is then called with CORO_CANCELLED, or with how the task ended if a
 * coro_shield let it. A task that was never polled runs nothing. To ask again
 * changes nothing; nor of a job that is done, while its storage is there.
 * Owner's thread, also from inside a task: the running one ends at its next
 * suspension.
 */
void coro_job_cancel(coro_job *job);

/*
 * Polls at most one job and never blocks; looks at I/O and timers when no job
 * is ready, and every few jobs. True if it polled one. For programs with a main
 * loop of their own. Not from inside a task.
 */
bool coro_executor_step(coro_executor *executor);

/* How coro_executor_run ended, where it did not fail. */
enum {
  CORO_RUN_FINISHED = 0, /* no jobs are left */
  CORO_RUN_STOPPED = 1,  /* coro_executor_stop was called */
};

/*
 * Runs until no jobs are left or coro_executor_stop was called, and sleeps
 * where all of them wait. A stop asked for before ends it at once; each stop
 * ends one run. The result is one of the above, or -errno when the reactor
 * fails, which leaves the executor as it was. Not from inside a task.
 */
CORO_BLOCKING int coro_executor_run(coro_executor *executor);

/* Has coro_executor_run return soon. From any thread or signal handler. */
void coro_executor_stop(coro_executor *executor);

/* How many jobs were added and are not done. Owner's thread. */
static inline size_t coro_executor_jobs(const coro_executor *executor) {
  return executor->jobs;
}

/*
 * For operations that may never have to wait, such as reading a socket whose
 * sender is faster than we are: false after many of them in one poll, and then
 * the task should coro_yield_now(). executor may be NULL: always true.
 */
static inline bool coro_executor_spend(coro_executor *executor) {
  if (!executor)
    return true;
  if (!executor->fuel)
    return false;
  executor->fuel--;
  return true;
}

#ifdef __cplusplus
}
#endif

#endif
