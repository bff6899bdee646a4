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
 * CORO_CAPABILITY_VERSION, in context.h, is the one of these headers.
 */
#ifndef CORO_CAPABILITY_H
#define CORO_CAPABILITY_H

#include <coro/context.h>
#include <coro/error.h>
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
} coro_spawner_ops;

struct coro_spawner {
  const coro_spawner_ops *ops;
};

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
 * are is between the program and whoever performs them.
 */

typedef struct coro_completion coro_completion;

typedef struct coro_operation {
  struct coro_operation *next; /* the performer's */
  coro_waker waker; /* called once it was performed; its owner may change it */
  uint32_t code;    /* which operation */
  uint32_t done;    /* 1 once it was performed */
  int64_t result;   /* then: what came of it, mostly negative for an error */
} coro_operation;

typedef struct coro_completion_ops {
  uint32_t version;
  /* Takes the operation, or refuses it with a negative number of error.h. It
   * stays where it is until it is done or cancel returned 0. It may be done
   * when submit returns. The task's thread. */
  int (*submit)(coro_completion *self, coro_operation *operation);
  /* Nobody wants it any more. 0: it is forgotten, or done. CORO_BUSY: it is
   * being performed; ask again once the waker was called. The task's thread. */
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

#ifdef CORO_HAS_EFFECTS
/*
 * Has the context's coro_completion perform it: its result, or CORO_NOT_OFFERED
 * where there is none, or why it was refused. operation->code and what is
 * behind it were set by the caller, who has the storage.
 */
CORO_NEEDS(completion)
CORO_YIELDS int64_t coro_perform(coro_operation *operation) CORO_FRAME(64);
#endif

#ifdef __cplusplus
}
#endif

#endif
