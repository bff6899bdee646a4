/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What an executor may offer to the tasks it polls, each an interface of its
 * own: a table of functions, of which anybody may write another. A struct that
 * begins with the interface has room for more. The context has a pointer to
 * each, NULL where it is not offered. Clock, files, memory and threads have
 * headers of their own: coro_timers, coro_reactor, coro_allocator,
 * coro_offloader.
 *
 * Each table begins with the number of its version. What uses a table looks at
 * no function that came with a later version than the table says.
 * CORO_CAPABILITY_VERSION, in allocator.h, is the one of these headers.
 * coro_context_check, in context.h, tells what does not fit.
 */
#ifndef CORO_CAPABILITY_H
#define CORO_CAPABILITY_H

#include <coro/context.h>
#include <coro/error.h>
#include <coro/future.h>
#include <coro/job.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Scheduler: which ready task is polled next --------------------------------
 *
 * An executor puts in what becomes ready, once, and takes out what to poll.
 * Tasks stay where they are: a runnable is its address. All functions are
 * called by the executor, on its thread, never from signal handlers, and may
 * not call the executor.
 */

typedef struct coro_scheduler coro_scheduler;

typedef struct coro_scheduler_ops {
  uint32_t version;
  /* Takes a runnable that is in no scheduler. run->next is the scheduler's
   * until it comes out again. Cannot fail. */
  void (*push)(coro_scheduler *self, coro_runnable *run);
  /* The next one; NULL if there is none. */
  coro_runnable *(*pop)(coro_scheduler *self);
  /* Takes out one that is in it: true. False, or a null pointer to a function,
   * where the scheduler cannot: it then stays in until it is popped. */
  int (*remove)(coro_scheduler *self, coro_runnable *run);
} coro_scheduler_ops;

struct coro_scheduler {
  const coro_scheduler_ops *ops;
};

/* Spawner: takes a task ------------------------------------------------------
 *
 * For code that polls or runs on the spawner's thread, never from signal
 * handlers. See coro_executor_add and coro_job_cancel, which are what the
 * generic executor's spawner does.
 */

typedef struct coro_spawner coro_spawner;

typedef struct coro_spawner_ops {
  uint32_t version;
  /* Adds a task that was started and is not done. The job is the spawner's
   * until on_done, but for job->user. on_done may be NULL. 0, or a negative
   * number of error.h: then nothing was taken. */
  int (*spawn)(coro_spawner *self, coro_job *job, coro_any_task task,
               coro_on_done *on_done);
  /* Nobody wants it any more: it is cancelled in its turn. Nothing happens to
   * one that is done, while its storage is there. */
  void (*cancel)(coro_spawner *self, coro_job *job);
  /* Takes the job out, wherever it is, without ending its task: the task and
   * its storage are the caller's again, on_done is not called. Not the running
   * one: CORO_BUSY. NULL: not offered. */
  int (*remove)(coro_spawner *self, coro_job *job);
  /* Since version 2. As coro_job_cancel_now: 0, and the job has ended, or
   * CORO_BUSY, and it will. NULL: not offered. */
  int (*cancel_now)(coro_spawner *self, coro_job *job);
} coro_spawner_ops;

struct coro_spawner {
  const coro_spawner_ops *ops;
};

/* The last two, or CORO_NOT_OFFERED. */
static inline int coro_spawner_remove(coro_spawner *self, coro_job *job) {
  return self->ops->remove ? self->ops->remove(self, job) : CORO_NOT_OFFERED;
}
static inline int coro_spawner_cancel_now(coro_spawner *self, coro_job *job) {
  return self->ops->version >= 2 && self->ops->cancel_now
             ? self->ops->cancel_now(self, job)
             : CORO_NOT_OFFERED;
}

/* Runner: runs tasks, step by step ------------------------------------------
 *
 * An executor, for who has a loop of his own and drives whichever he is given:
 *
 *   for (;;) {
 *     uint64_t until = 0;
 *     while (coro_runner_step(runner, &until) == 1)
 *       ;
 *     ... sleep until coro_runner_descriptor(runner) is readable, or for
 *     `until` nanoseconds, or for anything else of the loop's ...
 *   }
 *
 * All functions are called on the executor's thread, not from inside a task and
 * not from signal handlers.
 */

typedef struct coro_runner coro_runner;

typedef struct coro_runner_ops {
  uint32_t version;
  /* Polls at most one task, looks at files and timers now and then, and never
   * blocks. 1: ask again. 0: nothing is ready; *until is in how many ns to ask
   * again, CORO_FOREVER if only a file or a wake from elsewhere changes that.
   * Until then it rests: either makes the descriptor readable. Whoever adds or
   * wakes tasks on this thread before the sleep asks again first. Or what
   * failed: a negative number of error.h, or -errno. */
  int (*step)(coro_runner *self, uint64_t *until);
  /* After 0: blocks for ns nanoseconds at most, or until there is something to
   * do. 0, or what failed. */
  int (*sleep)(coro_runner *self, uint64_t ns);
  /* What is readable when a runner that rests is to be asked again. The same
   * each time, and the runner's; nobody reads from it. CORO_NOT_OFFERED, or a
   * null pointer to a function, where it has none: then sleep. */
  int (*descriptor)(coro_runner *self);
  /* Tasks that were added and are not done. */
  size_t (*tasks)(coro_runner *self);
} coro_runner_ops;

struct coro_runner {
  const coro_runner_ops *ops;
  coro_spawner *spawner; /* through which it takes tasks; NULL: none */
};

static inline int coro_runner_step(coro_runner *self, uint64_t *until) {
  return self->ops->step(self, until);
}
static inline int coro_runner_descriptor(coro_runner *self) {
  return self->ops->descriptor ? self->ops->descriptor(self) : CORO_NOT_OFFERED;
}
static inline size_t coro_runner_tasks(coro_runner *self) {
  return self->ops->tasks(self);
}

/*
 * Drives any runner until it has no tasks: 0, or what failed;
 * CORO_UNKNOWN_VERSION for a table that this runtime does not know.
 */
CORO_BLOCKING int coro_runner_run(coro_runner *self);

/* Sender: takes a task that may run on any thread ----------------------------
 *
 * From any thread, not from signal handlers.
 */

typedef struct coro_sender coro_sender;

typedef struct coro_sender_ops {
  uint32_t version;
  /* As coro_spawner_ops.spawn; on_done is called on the thread the task ran
   * on. Once it was polled it stays on that thread. */
  int (*send)(coro_sender *self, coro_job *job, coro_any_task task,
              coro_on_done *on_done);
  /* Asks for it to be cancelled in its turn. From any thread, as long as the
   * job's storage is there. */
  void (*cancel)(coro_sender *self, coro_job *job);
} coro_sender_ops;

struct coro_sender {
  const coro_sender_ops *ops;
};

/* Completion: performs operations --------------------------------------------
 *
 * A task describes an operation in a struct that begins with coro_operation,
 * in its own frame, and waits until it was performed. What operations there
 * are is between the program and whoever performs them, on any thread.
 */

typedef struct coro_completion coro_completion;

/*
 * One operation, and a future that is done once it was performed. The storage
 * is the caller's, mostly in the frame that waits, and stays where it is until
 * the future is done or was cancelled.
 */
typedef struct coro_operation {
  coro_future future;
  struct coro_operation *next; /* the performer's, while it has it */
  coro_completion *completion; /* who has it; this and the next the runtime's */
  coro_waker waker;
  uint32_t state; /* atomic; the runtime's: see runtime/core/operation.c */
  uint32_t code;  /* which operation: the caller's */
  /* Once the future is done: what came of it, mostly negative for an error;
   * also why nobody took it. */
  int64_t result;
} coro_operation;

typedef struct coro_completion_ops {
  uint32_t version;
  /* Takes the operation, or refuses it with a negative number of error.h. Who
   * took it ends it, once, with one of the two functions below; that may be
   * before submit returns. Until then, or until cancel returned 0, it stays
   * where it is. The task's thread, not from signal handlers. */
  int (*submit)(coro_completion *self, coro_operation *operation);
  /* Nobody wants it any more. 0: it is forgotten, and not ended by anybody any
   * more, or it was ended in here. CORO_BUSY: it is being performed, and will
   * be ended, or was just now; the task waits for that, and may ask again. As
   * submit, and never of an operation that the task has seen the end of. */
  int (*cancel)(coro_completion *self, coro_operation *operation);
} coro_completion_ops;

struct coro_completion {
  const coro_completion_ops *ops;
};

/*
 * The spawner and the sender of a context, for those who fail without: the
 * macros that spawn. NULL where there is none. Who does something else then
 * reads cx->spawner instead.
 */
CORO_NEEDS(spawner)
static inline coro_spawner *coro_needed_spawner(const coro_context *cx) {
  return cx->spawner;
}
CORO_NEEDS(sender)
static inline coro_sender *coro_needed_sender(const coro_context *cx) {
  return cx->sender;
}
/* Makes an operation that nobody has yet. */
void coro_operation_init(coro_operation *operation, uint32_t code);

/*
 * For who performs operations: it was performed, and this is its result. Its
 * task is woken. The storage may be gone when it returns, and must not be
 * touched: take it out of all lists before. From any thread, signal handler or
 * completion callback. One that nobody waits for, as after another end, traps.
 */
void coro_operation_finish(coro_operation *operation, int64_t result);

/* The same on the thread that polls its task, and not from signal handlers:
 * needs no atomic read-modify-write. */
void coro_operation_finish_here(coro_operation *operation, int64_t result);

#ifdef CORO_HAS_EFFECTS
/*
 * Has the context's coro_completion perform it: its result, or CORO_NOT_OFFERED
 * where there is none, or why it was refused. operation->code and what is
 * behind it were set by the caller, who has the storage; it need not be
 * initialised otherwise. Cancelled, it waits until the performer has let go;
 * the result of what was performed by then is lost.
 */
CORO_NEEDS(completion)
CORO_YIELDS int64_t coro_perform(coro_operation *operation) CORO_FRAME(48);
#endif

#ifdef __cplusplus
}
#endif

#endif
