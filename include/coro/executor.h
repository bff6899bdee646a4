/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The generic executor: any number of tasks of any kind on one thread. It takes
 * no memory: the executor and every job are storage of the caller's choice.
 */
#ifndef CORO_EXECUTOR_H
#define CORO_EXECUTOR_H

#include <coro/capability.h>
#include <coro/context.h>
#include <coro/job.h>
#include <coro/task.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct coro_executor coro_executor;

/*
 * An array of slots (coro_slot) that the executor is to know of: what is added
 * out of it can be listed, and cancelled by coro_executor_shutdown. The storage
 * is the caller's until coro_executor_fini. Slots that were never added are
 * zero.
 */
typedef struct coro_slots {
  struct coro_slots *next; /* the executor's */
  void *first;
  size_t count;
  size_t stride; /* bytes from one to the next */
} coro_slots;

/*
 * A function that the executor's thread is to call, between two polls: see
 * coro_call_request. The storage is the caller's until coro_call_end. Opaque;
 * a struct that begins with one has room for more.
 */
typedef struct coro_call {
  coro_runnable run; /* has no task */
  struct coro_call *next;
  void (*function)(struct coro_call *self);
  bool due;
} coro_call;

/* Opaque: the members belong to the runtime. */
struct coro_executor {
  coro_context context; /* what each poll gets, its waker set to the job's */
  coro_spawner spawner; /* the one its tasks are offered */
  coro_timers timers;   /* the same, where it was given none */
  coro_runner runner;   /* for who drives it, and does not know what it is */
  coro_scheduler *scheduler; /* NULL: first in first out, as follows */
  coro_runnable *first;      /* ready; owner only */
  coro_runnable **last;      /* where the next one is linked */
  coro_runnable *woken;      /* woken by anybody, last first; atomic */
  coro_runnable *running;    /* what is being polled */
  coro_runnable stopper;     /* woken by coro_executor_stop; has no task */
  coro_job *jobs_list;       /* every coro_job, the newest first */
  coro_slots *slots;
  coro_call *calls;   /* to be called; owner only */
  coro_call *calling; /* in this turn */
  size_t jobs;        /* added and not done */
  uint32_t notes;     /* atomic; notifications where no reactor takes them */
  uint32_t notes_seen;
  uint32_t notes_owed; /* notifications on their way to us */
  uint32_t until_look; /* polls before I/O and timers are looked at again */
  bool stopping;
  bool resting; /* its owner sleeps somewhere else: see runner.c */
  bool ending;  /* coro_executor_shutdown runs */
  bool closed;  /* it is the base of a coro_closed */
};

/*
 * Makes an executor in the given storage, which stays where it is until
 * coro_executor_fini. reactor and timers are borrowed until then, and serve no
 * second executor. reactor may be NULL: tasks that wait for files block the
 * thread. So may timers: the executor has its own, by coro_clock, and none only
 * where that is NULL. The thread that calls the functions below
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
 * What its polls get, to offer more capabilities or others in it. The waker and
 * what is counted there are the executor's. Owner's thread, not from inside a
 * task.
 */
static inline coro_context *coro_executor_context(coro_executor *executor) {
  return &executor->context;
}

/*
 * Whom it asks which ready task comes next; NULL, as without this call, is the
 * executor's own queue, first in first out. Borrowed until coro_executor_fini.
 * Owner's thread, while no task is ready.
 */
static inline void coro_executor_set_scheduler(coro_executor *executor,
                                               coro_scheduler *scheduler) {
  executor->scheduler = scheduler;
}

/*
 * 0, or CORO_UNKNOWN_VERSION where the table of its scheduler or of one of its
 * capabilities does not fit this runtime: see coro_context_check. Whatever runs
 * it asks, before the first poll, but for coro_executor_step, which cannot say.
 */
int coro_executor_check(const coro_executor *executor);

/*
 * Ends it. Jobs that are left are forgotten: their tasks are the caller's
 * again, and their wakers may not be called any more. What those tasks wait for
 * still has their frames' addresses, until they are cancelled: so cancel them
 * before the reactor and the timers go, here or by coro_cancel_any. Wakes and
 * stops that have begun are fine: fini waits for the few instructions they have
 * left.
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
 * The same in four words: `run` lies before the task's frame, as in a
 * coro_slot, and nobody is told of the end, which is in the frame. run may be
 * added again once its task is done.
 */
void coro_executor_add_slot(coro_executor *executor, coro_runnable *run,
                            coro_any_task task);

/* Makes an array of slots known. Owner's thread. */
void coro_executor_know_slots(coro_executor *executor, coro_slots *slots);

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
void coro_slot_cancel(coro_runnable *run);

/*
 * Takes a job out, ready or waiting, and does not end its task, which is the
 * caller's again; on_done is not called. 0; CORO_BUSY for the one that is
 * running, the one that coro_job_cancel_now is about to end, or where the
 * scheduler cannot take out what is ready; CORO_INVALID for one that is done.
 * O(1); of what is ready in a scheduler, what that's `remove` costs. Owner's
 * thread, also from inside another task.
 */
int coro_job_remove(coro_job *job);

/*
 * Cancels it here and now, and not in its turn: when this returns 0 it has
 * ended and on_done was called. CORO_BUSY: it runs, or the scheduler cannot
 * take it out, or its cleanups wait for something; it is then cancelled as by
 * coro_job_cancel, as far as it is not. CORO_INVALID for one that is done.
 * Costs as coro_job_remove, besides the cleanups. Owner's thread, also from
 * inside another task.
 */
int coro_job_cancel_now(coro_job *job);

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
 * ends one run. The result is one of the above; -errno when the reactor fails,
 * which leaves the executor as it was; or what coro_executor_check says. Not
 * from inside a task.
 */
CORO_BLOCKING int coro_executor_run(coro_executor *executor);

/*
 * Cancels every job that is left and every known slot, and runs them to their
 * ends, for ns nanoseconds at most (CORO_FOREVER: as long as it takes); with
 * any ns, also 0, for as many turns as there are jobs: those that need not wait
 * are ended. How many would not end, 0 if none; or -errno as coro_executor_run.
 * coro_executor_shutdown_dump prints where those are. Where tasks are added
 * meanwhile, those are cancelled too. Not from inside a task.
 */
CORO_BLOCKING long coro_executor_shutdown(coro_executor *executor, uint64_t ns);

/* Has coro_executor_run return soon. From any thread or signal handler. */
void coro_executor_stop(coro_executor *executor);

/* function is called with the address of the call. Owner's thread. */
void coro_call_init(coro_call *call, coro_executor *executor,
                    void (*function)(coro_call *self));

/*
 * Has the function called soon, on the executor's thread, while that runs or
 * sleeps; never during a poll. Requests that come before it is called count as
 * one. From any thread or signal handler.
 */
void coro_call_request(coro_call *call);

/* It is not called any more, and requests do nothing. Owner's thread, before
 * coro_executor_fini. */
void coro_call_end(coro_call *call);

/* The executor as a coro_runner. Owner's thread, as all that is done with it.
 */
static inline coro_runner *coro_executor_runner(coro_executor *executor) {
  return &executor->runner;
}

/* How many jobs were added and are not done. Owner's thread. */
static inline size_t coro_executor_jobs(const coro_executor *executor) {
  return executor->jobs;
}

#ifdef __cplusplus
}
#endif

#endif
