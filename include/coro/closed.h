/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * An executor of a closed set of functions: its tasks lie by value in slots of
 * one array, and it polls them by a switch over direct calls, which the
 * optimiser inlines. docs/language/executors.md#a-closed-set shows one.
 */
#ifndef CORO_CLOSED_H
#define CORO_CLOSED_H

#include <coro/executor.h>
#include <coro/raise.h>
#include <coro/time.h>
#include <coro/trace.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What every closed set has. Opaque. Its slots are coro_runnables with the task
 * behind, of which the base knows the queues, the sleep and the wakes from
 * elsewhere; it never polls them.
 *
 * Unlike a job's, the storage of a slot stays the set's when its task is done.
 * So nothing has to be claimed then: a late wake finds a slot that is READY, or
 * the next task, which is polled once too often. Nor is coro_runnable.woken
 * written for that task: the slot may be in the stack of the woken just then.
 */
typedef struct coro_closed {
  coro_executor base;
  const struct coro_closed_kind *kind;
  void *slots;
  coro_runnable *unused; /* slots whose tasks are done, through `next` */
  size_t count;          /* slots */
  size_t begun;          /* of which the others were never used */
} coro_closed;

/* What all sets of one CORO_EXECUTOR have in common, for what is done seldom
 * and for dumps. */
typedef struct coro_closed_kind {
  const coro_waker_ops *waker;
  coro_any_task (*task)(void *slot); /* one whose tag is not 0 */
  size_t stride;                     /* bytes of a slot */
} coro_closed_kind;

/* coro_runnable.coro of a slot: CORO_RUN_READY, CORO_RUN_ENDING, and these. */
enum {
  CORO_CLOSED_KEPT = 8, /* is not used again before name_drop */
  CORO_CLOSED_TAG = 16, /* times the function's place, from 1; 0 once done */
  CORO_CLOSED_TAGS = 31 * 16,
  CORO_CLOSED_STATUS = 512,     /* times the status, once done */
  CORO_CLOSED_POLLED = 1 << 14, /* and maybe ready since: no wake pushes it */
};

/* For the functions that CORO_EXECUTOR defines. The owner's, as theirs are. */
void coro_closed_init(coro_closed *set, const coro_closed_kind *kind,
                      void *slots, size_t count, struct coro_reactor *reactor,
                      struct coro_timers *timers);
void coro_closed_fini(coro_closed *set);
void coro_closed_cancel_all(coro_closed *set);
/* No task is ready: sleeps for ns nanoseconds at most. 0 or -errno. */
CORO_BLOCKING int coro_closed_rest(coro_closed *set, uint64_t ns);
/* Looks at I/O and timers. */
void coro_closed_look(coro_closed *set);
/* Moves what was woken from elsewhere to the end of the ready queue. */
void coro_closed_take_woken(coro_closed *set);
/* As the functions of coro_waker_ops, of a slot. */
void coro_closed_wake(void *slot);
coro_untold coro_closed_wake_untold(void *slot);

/* The rest of what a coro_runner does, after the polls of a step. */
int coro_closed_begin_rest(coro_closed *set, uint64_t *until);
CORO_BLOCKING int coro_closed_sleep(coro_runner *self, uint64_t ns);
int coro_closed_descriptor(coro_runner *self);
size_t coro_closed_jobs(coro_runner *self);

/* Operations that one poll may do before coro_spend says to give way. */
#define CORO_CLOSED_FUEL 128

static inline void coro_closed_push(coro_closed *set, coro_runnable *run) {
  run->next = 0;
  *set->base.last = run;
  set->base.last = &run->next;
}

/* Looking first spares a call. True if there was something. */
static inline bool coro_closed_see_woken(coro_closed *set) {
  if (__builtin_expect(!__atomic_load_n(&set->base.woken, __ATOMIC_RELAXED), 1))
    return false;
  coro_closed_take_woken(set);
  return true;
}

/* A slot for one more task; NULL if all are taken. */
static inline void *coro_closed_take(coro_closed *set, void *slots,
                                     size_t stride) {
  coro_runnable *run = set->unused;
  if (run) {
    set->unused = run->next;
    return run;
  }
  if (set->begun == set->count)
    return 0;
  run = (coro_runnable *)((char *)slots + stride * set->begun++);
  run->woken = 0;
  run->executor = &set->base;
  run->coro = CORO_RUN_READY; /* no task, until it is added */
  return run;
}

static inline void coro_closed_add(coro_closed *set, coro_runnable *run,
                                   uintptr_t tag_and_kept) {
  run->coro = tag_and_kept | CORO_RUN_READY |
              (set->base.ending ? (uintptr_t)CORO_RUN_ENDING : 0);
  set->base.jobs++;
  coro_closed_see_woken(set); /* they were ready before it */
  coro_closed_push(set, run);
}

/* The next slot to poll, which is then the running one, and what its word
 * `coro` says; NULL if none is ready. */
static inline void *coro_closed_next(coro_closed *set, uintptr_t *coro) {
  coro_runnable *run = set->base.first;
  if (!run)
    return 0;
  set->base.first = run->next;
  if (__builtin_expect(!run->next, 0))
    set->base.last = &set->base.first;
  set->base.running = run;
  *coro = (run->coro & ~(uintptr_t)CORO_RUN_READY) | CORO_CLOSED_POLLED;
  run->coro = *coro;
  CORO_TRACE_EVENT(CORO_TRACE_POLLED, run, 0, 0);
  return run;
}

/* As coro_waker_ops.wake_local, of a slot. */
static inline void coro_closed_wake_local(coro_closed *set,
                                          coro_runnable *run) {
  uintptr_t coro = run->coro;
  if (coro & CORO_RUN_READY)
    return;
  run->coro = coro | CORO_RUN_READY;
  CORO_TRACE_EVENT(CORO_TRACE_WOKEN, run, 0, 0);
  if (!(coro & CORO_CLOSED_POLLED))
    coro_closed_push(set, run);
}

static inline void coro_closed_unuse(coro_closed *set, coro_runnable *run) {
  run->coro = CORO_RUN_READY;
  run->next = set->unused;
  set->unused = run;
}

/* What becomes of the running slot: true if its task is over. Then wakes do
 * nothing to it any more, and it waits for coro_closed_end. */
static inline bool coro_closed_polled(coro_closed *set, coro_runnable *run,
                                      coro_status status) {
  coro_executor *base = &set->base;
  if (status != CORO_PENDING)
    run->coro |= CORO_RUN_READY; /* nobody takes a value: it goes on */
  if (status != CORO_PENDING && status != CORO_YIELDED) {
    CORO_TRACE_EVENT(CORO_TRACE_DONE, run, status, 0);
    base->running = 0;
    base->jobs--;
    return true;
  }
  CORO_TRACE_EVENT(CORO_TRACE_SUSPENDED, run, 0, 0);
  uintptr_t coro = run->coro;
  if (coro_closed_see_woken(set)) /* they were ready before it */
    coro = run->coro;
  base->running = 0;
  if (__builtin_expect((coro & CORO_RUN_READY) != 0, 1))
    coro_closed_push(set, run);
  else
    run->coro = coro & ~(uintptr_t)CORO_CLOSED_POLLED;
  return false;
}

static inline void coro_closed_end(coro_closed *set, coro_runnable *run,
                                   coro_status status) {
  if (run->coro & CORO_CLOSED_KEPT)
    run->coro = (uintptr_t)CORO_RUN_READY | (uintptr_t)CORO_CLOSED_KEPT |
                (uintptr_t)status * CORO_CLOSED_STATUS;
  else
    coro_closed_unuse(set, run);
}

/* Of polls that were made; who has somebody called soon has set it lower
 * meanwhile. */
static inline void coro_closed_count(coro_executor *base, uint32_t polls) {
  base->until_look = polls < base->until_look ? base->until_look - polls : 0;
}

static inline coro_status coro_closed_status_of(const coro_runnable *run) {
  return run->coro & CORO_CLOSED_TAGS
             ? CORO_PENDING
             : (coro_status)(run->coro / CORO_CLOSED_STATUS);
}

#ifdef __cplusplus
}
#endif

#if defined(CORO_HAS_EFFECTS) && !defined(CORO_ERASE_EFFECTS)

/*
 * CORO_EXECUTOR(name, f, ...) at file scope defines an executor for tasks of
 * these functions, 1 to 16, each defined above or declared with coro_frame(N):
 *
 *   struct name_slot  one task and what the executor keeps of it: slot->task.f
 *                     is a coro_task(f);
 *   struct name       the executor; opaque;
 *
 * and these functions, for the thread that owns the executor. Only wakers and
 * name_stop are for everybody.
 *
 *   void name_init(struct name *e, struct name_slot *slots, size_t count,
 *                  coro_reactor *reactor, coro_timers *timers)
 *     Makes it, with room for count tasks. slots, any bytes, and e stay where
 *     they are until name_fini. reactor and timers are as of
 *     coro_executor_init. Takes count steps of nothing: it is O(1).
 *
 *   void name_set_allocator(struct name *e, coro_allocator *allocator)
 *     What its tasks take frames from, as coro_executor_set_allocator.
 *
 *   int name_run(struct name *e)
 *     Runs until no tasks are left or name_stop was called; as
 *     coro_executor_run.
 *
 *   bool name_step(struct name *e)
 *     Polls at most one task and never blocks; as coro_executor_step.
 *
 *   coro_executor *name_executor(struct name *e)
 *     For coro_dump, coro_dump_on_signal and coro_call_init; nothing can be
 *     added to it, and it is not to be run.
 *
 *   coro_runner *name_runner(struct name *e)
 *     It, for who drives it and does not know what it is; as
 *     coro_executor_runner. Costs a second copy of the polls.
 *
 *   void name_cancel(struct name *e, struct name_slot *slot)
 *     Nobody wants this task any more: as coro_job_cancel. The slot's task is
 *     not done, or the slot is kept.
 *
 *   coro_status name_status(const struct name_slot *slot)
 *     Of a kept slot: CORO_PENDING until its task is done, then how it ended.
 *
 *   void name_drop(struct name *e, struct name_slot *slot)
 *     Gives back a kept slot whose task is done.
 *
 *   coro_any_task name_task(struct name_slot *slot)
 *     The task in a slot, not done, as any task.
 *
 *   size_t name_tasks(const struct name *e)
 *     How many were spawned and are not done.
 *
 *   long name_shutdown(struct name *e, uint64_t ns)
 *     Cancels all and runs to their ends; as coro_executor_shutdown.
 *
 *   void name_stop(struct name *e)
 *     Has name_run return soon. From any thread or signal handler.
 *
 *   void name_fini(struct name *e)
 *     Ends it; as coro_executor_fini. Costs a step for each slot ever used.
 *
 * Tasks see the reactor, the timers and the allocator, and no spawner: the set
 * is closed. A task that spawns needs the executor's type, so the functions are
 * declared with coro_frame(N) above CORO_EXECUTOR and defined below.
 */
#pragma clang diagnostic push /* as in task.h */
#pragma clang diagnostic ignored "-Wgnu-zero-variadic-macro-arguments"
#define CORO_EXECUTOR(name, ...)                                               \
  CORO_CLOSED_FOR_COUNT(name, ##__VA_ARGS__, CORO_CLOSED_16_OF(MANY),          \
                        CORO_CLOSED_16_OF(SET), CORO_CLOSED_NONE, 0)           \
  (name, ##__VA_ARGS__)
#pragma clang diagnostic pop

/*
 * The same with a function that hears of each task's end, as a job's on_done,
 * and is called directly:
 *
 *   static void on_done(struct name *e, struct name_slot *slot,
 *                       coro_status status)
 *
 * declared by the macro and defined anywhere below it. status is CORO_DONE,
 * CORO_RAISED or CORO_CANCELLED. The task is still there: coro_closed_is says
 * of which function, slot->task.f has the result. Once on_done returns the slot
 * serves another, unless it is kept. It may spawn, and does not run the
 * executor.
 */
#define CORO_EXECUTOR_ON_DONE(name, on_done, ...)                              \
  struct name;                                                                 \
  struct name##_slot;                                                          \
  static void on_done(struct name *e, struct name##_slot *slot,                \
                      coro_status status);                                     \
  CORO_CLOSED_DEFINE(name, on_done, __VA_ARGS__)

#define CORO_CLOSED_TELL_NOBODY(e, slot, status) ((void)0)
#define CORO_CLOSED_SET(name, ...)                                             \
  CORO_CLOSED_DEFINE(name, CORO_CLOSED_TELL_NOBODY, __VA_ARGS__)
#define CORO_CLOSED_DEFINE(name, on_done, ...)                                 \
  CORO_CLOSED_EACH_ONCE(__VA_ARGS__)                                           \
  struct name##_tags {                                                         \
    CORO_CLOSED_EACH(CORO_CLOSED_TAG_OF, __VA_ARGS__)                          \
  };                                                                           \
  struct name##_slot {                                                         \
    coro_runnable coro_run;                                                    \
    union {                                                                    \
      CORO_CLOSED_EACH(CORO_CLOSED_MEMBER, __VA_ARGS__)                        \
      const struct name##_tags *coro_tags;                                     \
    } task;                                                                    \
  };                                                                           \
  CORO_CLOSED_STRUCT(name)                                                     \
  CORO_CLOSED_FUNCTION coro_any_task name##_task(struct name##_slot *slot) {   \
    switch (slot->coro_run.coro & CORO_CLOSED_TAGS) {                          \
      CORO_CLOSED_EACH(CORO_CLOSED_ERASE, __VA_ARGS__)                         \
    default:                                                                   \
      __builtin_trap();                                                        \
    }                                                                          \
  }                                                                            \
  /* Apart from the polls: it is seldom. */                                    \
  static __attribute__((noinline, cold)) coro_status name##_end(               \
      struct name##_slot *slot, uintptr_t coro,                                \
      coro_context *cx CORO_BORROWED) {                                        \
    switch (coro & CORO_CLOSED_TAGS) {                                         \
      CORO_CLOSED_EACH(CORO_CLOSED_END, __VA_ARGS__)                           \
    default:                                                                   \
      __builtin_unreachable();                                                 \
    }                                                                          \
  }                                                                            \
  /* Polls as many as are ready, `most` at most (not 0): how many. All polls   \
   * are here, once, so that they are inlined here. The context is a local     \
   * variable, so that the optimiser knows whose waker a task sees in it. */   \
  CORO_PRAGMA(clang diagnostic push)                                           \
  CORO_PRAGMA(clang diagnostic ignored "-Wc23-extensions")                     \
  CORO_CLOSED_FUNCTION uint32_t name##_polls(struct name *e, uint32_t most) {  \
    uint32_t polls = 0;                                                        \
    coro_context cx = e->coro_set.base.context;                                \
    coro_closed_see_woken(&e->coro_set);                                       \
    do {                                                                       \
      uintptr_t coro;                                                          \
      struct name##_slot *slot =                                               \
          (struct name##_slot *)coro_closed_next(&e->coro_set, &coro);         \
      if (!slot)                                                               \
        break;                                                                 \
      cx.waker = (coro_waker){&name##_waker, slot};                            \
      cx.fuel = CORO_CLOSED_FUEL;                                              \
      coro_status status;                                                      \
      if (coro & CORO_RUN_ENDING)                                              \
        status = name##_end(slot, coro, &cx);                                  \
      else                                                                     \
        switch (coro & CORO_CLOSED_TAGS) {                                     \
          CORO_CLOSED_EACH(CORO_CLOSED_POLL, __VA_ARGS__)                      \
        default:                                                               \
          __builtin_unreachable();                                             \
        }                                                                      \
      polls++;                                                                 \
      if (coro_closed_polled(&e->coro_set, &slot->coro_run, status)) {         \
        on_done(e, slot, status);                                              \
        coro_closed_end(&e->coro_set, &slot->coro_run, status);                \
        coro_closed_see_woken(&e->coro_set);                                   \
      }                                                                        \
    } while (polls < most && !e->coro_set.base.stopping);                      \
    return polls;                                                              \
  }                                                                            \
  CORO_PRAGMA(clang diagnostic pop)                                            \
  CORO_CLOSED_FUNCTIONS(name)                                                  \
  struct name

#pragma clang diagnostic push /* as in task.h */
#pragma clang diagnostic ignored "-Wgnu-zero-variadic-macro-arguments"

/*
 * A task of the function named f, one of the executor's, is spawned: its slot,
 * or NULL if all are taken, and then the arguments are not evaluated. It is
 * polled for the first time after all tasks that are ready now. Once it is done
 * the slot serves another. Owner's thread, also from inside its tasks.
 */
#define coro_closed_spawn(e, f, ...)                                           \
  CORO_CLOSED_SPAWN(e, f, 0, (__VA_ARGS__), 0, ##__VA_ARGS__)

/*
 * The same where somebody wants the result, slot->task.f.result: the slot is
 * kept, once name_status says that the task is done, until name_drop.
 */
#define coro_closed_keep(e, f, ...)                                            \
  CORO_CLOSED_SPAWN(e, f, CORO_CLOSED_KEPT, (__VA_ARGS__), 0, ##__VA_ARGS__)

#pragma clang diagnostic pop

/* Whether a slot, whose task is not over or just ends, has one of f. */
#define coro_closed_is(slot, f)                                                \
  (((slot)->coro_run.coro & CORO_CLOSED_TAGS) ==                               \
   sizeof((slot)->task.coro_tags->f) * CORO_CLOSED_TAG)

#include <coro/closed_parts.h>

#endif

#endif
