/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What jobs.c and executor.c need of each other. All of it is the owner's. */
#ifndef CORO_RUNTIME_JOBS_H
#define CORO_RUNTIME_JOBS_H

#include <coro/executor.h>

/* The executor as a coro_spawner. */
extern const coro_spawner_ops coro_executor_spawner;

/* Operations one poll may do before coro_spend says to give way. */
enum { CORO_FUEL_PER_POLL = 128 };

/* As the functions of coro_waker_ops, of a runnable. */
void coro_run_wake(void *run);
void coro_run_wake_here(void *run);
coro_untold coro_run_wake_untold(void *run);
extern const coro_waker_ops coro_run_waker;

/* Has it cancelled in its turn. From any thread or signal handler. */
void coro_run_cancel_from_anywhere(coro_runnable *run);

/* The executor as a coro_runner, and what closed sets have of that. */
extern const coro_runner_ops coro_executor_runner_ops;
/* Nothing is ready: as coro_runner_ops.step that says 0, or what failed. */
int coro_executor_begin_rest(coro_executor *executor, uint64_t *until);

/* Polls what is ready, `most` at most (not 0), and fewer where it is told to
 * stop: how many. */
uint32_t coro_executor_poll_ready(coro_executor *executor, uint32_t most);

/* Sleeps for ns nanoseconds at most, or until a file, a timer or a wake ends
 * that; none is ready when it is called. 0 or -errno. */
int coro_executor_sleep(coro_executor *executor, uint64_t ns);

/* Adds a job that was set apart, see run_queue.h, and may have been cancelled
 * from anywhere since. Its task and on_done are set. */
void coro_executor_adopt(coro_executor *executor, coro_job *job);

/* Moves what was woken to the end of the ready queue, the first woken first. */
void coro_executor_take_woken(coro_executor *executor);

/* Makes calls that are due, looks at I/O and timers, which wake jobs; sleeps
 * for ns nanoseconds at most if nobody was called or woken before. 0 or -errno.
 */
int coro_executor_look(coro_executor *executor, uint64_t ns);

/* What it does before all else where its owner slept somewhere else. */
void coro_executor_rouse(coro_executor *executor);

/* Lets go of one whose task is done, and tells who wants to know. */
void coro_executor_end(coro_executor *executor, coro_runnable *run,
                       coro_status status);

/* Has every wake to come do nothing, and nothing of those that came remain. */
void coro_executor_end_wakes(coro_runnable *run);

/* The same, and takes it out. It is in no scheduler. */
void coro_executor_let_go(coro_executor *executor, coro_runnable *run);

/* For every job and all that is in known slots. */
void coro_executor_for_each(coro_executor *executor,
                            void (*function)(coro_runnable *run));

/* Cancels every job and all that is in known slots. */
void coro_executor_cancel_all(coro_executor *executor);

#endif
