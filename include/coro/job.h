/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What an executor keeps of a task, in storage of the caller's choice: a
 * coro_runnable of four words where the frame lies right behind it, a coro_job
 * where the frame is elsewhere or somebody wants to hear of the end.
 */
#ifndef CORO_JOB_H
#define CORO_JOB_H

#include <coro/task.h>

#ifdef __cplusplus
extern "C" {
#endif

struct coro_executor;
typedef struct coro_job coro_job;

/*
 * The four words. A scheduler may use `next` while it has the runnable; all
 * else belongs to the executor. Aligned so that the lowest bits of its address
 * are free, where pointers are smaller than that, too.
 */
typedef struct coro_runnable {
  struct coro_runnable *next;
  uintptr_t woken; /* atomic: see runtime/exec/run_queue.h */
  struct coro_executor *executor;
  /* CORO_RUN_... in its lowest bits, and above them the descriptor, or of a
   * coro_job, which has that elsewhere, what run_queue.h says. */
  uintptr_t coro;
} __attribute__((aligned(8))) coro_runnable;

/* In coro_runnable.coro; the owner's alone. */
enum {
  CORO_RUN_READY = 1,  /* in the scheduler, or will be when its poll ends */
  CORO_RUN_ENDING = 2, /* to be cancelled and not polled */
  CORO_RUN_JOB = 4,    /* it is a coro_job: the frame is not behind it */
  CORO_RUN_FLAGS = 7,
  CORO_RUN_CALL = CORO_RUN_READY | CORO_RUN_JOB, /* a coro_call; no task */
};

/*
 * Called on the executor's thread when a job's task is done: status is
 * CORO_DONE, CORO_RAISED or CORO_CANCELLED. The executor has let go of the job:
 * its storage may be freed or added again in here.
 */
typedef void coro_on_done(coro_job *job, coro_status status);

/*
 * One task in an executor. The storage belongs to the caller and stays where it
 * is until on_done; if anybody may still hold the task's waker then, until they
 * have let go. Of the members, `user` is the caller's to write, and `task` to
 * read.
 */
struct coro_job {
  coro_runnable run;
  coro_any_task task; /* readable, in on_done for the result */
  coro_on_done *on_done;
  void *user;              /* the caller's; the executor never looks at it */
  coro_job *newer, *older; /* all jobs of the executor */
};

/* The descriptor of what runs; NULL once it is done. */
static inline const coro_descriptor *
coro_runnable_descriptor(const coro_runnable *run) {
  if (run->coro & CORO_RUN_JOB)
    return ((const coro_job *)run)->task.coro;
  return (const coro_descriptor *)(run->coro & ~(uintptr_t)CORO_RUN_FLAGS);
}

/* Where its frame is: behind it, at the first multiple of its alignment. */
static inline void *coro_runnable_frame(coro_runnable *run) {
  if (run->coro & CORO_RUN_JOB)
    return ((coro_job *)run)->task.frame;
  uintptr_t mask = coro_runnable_descriptor(run)->align - 1;
  return (void *)(((uintptr_t)(run + 1) + mask) & ~mask);
}

#if defined(CORO_HAS_EFFECTS) && !defined(CORO_ERASE_EFFECTS)
/*
 * A task of the function f and its four words, as a struct type: the least that
 * a task in an executor takes. coro_slot(f) slot; coro_start(&slot.task, f,
 * ...); coro_executor_add_slot(executor, &slot.run, coro_erase(&slot.task)).
 */
#define coro_slot(f)                                                           \
  struct {                                                                     \
    coro_runnable run;                                                         \
    coro_task(f) task;                                                         \
  }
#endif

#ifdef __cplusplus
}
#endif

#endif
