/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Tasks: a call that has not run yet, as a value in storage the programmer
 * chooses; and what a running one can say to whoever polls it.
 */
#ifndef CORO_TASK_H
#define CORO_TASK_H

#include <coro/abi.h>
#include <coro/context.h>
#include <coro/effects.h>
#include <coro/time.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Any task, its type forgotten: two words, copied freely. The frame stays where
 * it is and stays its owner's.
 */
typedef struct coro_any_task {
  void *frame;
  const coro_descriptor *coro;
} coro_any_task;

/*
 * Runs the task to its next suspension. One thread at a time. cx may not be
 * NULL and is borrowed for the call.
 */
static inline coro_status coro_poll_any(coro_any_task task, coro_context *cx) {
  return task.coro->poll(task.frame, cx);
}

/*
 * Resumes the task only to end it: see coro_descriptor.cancel. CORO_PENDING:
 * its cleanups wait; call again once cx's waker was called.
 */
coro_status coro_cancel_any(coro_any_task task, coro_context *cx CORO_BORROWED);
/*
 * Asks for it and runs nothing: the polls to come end the task, and the last of
 * them says CORO_CANCELLED. Not from another thread than the one that polls.
 */
static inline void coro_request_cancel_any(coro_any_task task) {
  *(unsigned char *)task.frame |= CORO_STATE_CANCEL;
}

/* What a poll does with a state that is none of the function's: for generated
 * code. Traps where nobody has asked for the task to be cancelled. */
coro_status coro_poll_requested(void *frame, coro_context *cx CORO_BORROWED,
                                coro_status (*cancel)(void *frame,
                                                      coro_context *cx));
/* Says that an exception of C++ came to a function that yields, and ends the
 * program: for generated code. */
__attribute__((noreturn)) void coro_foreign_exception(const char *function);
/* coro_cancel_any with what it needs of the two words, for generated code. */
coro_status coro_cancel_by(coro_status (*cancel)(void *frame, coro_context *cx),
                           void *frame, coro_context *cx);

/* Where the result is once the task is done; NULL where there is none. */
static inline void *coro_result_any(coro_any_task task) {
  return task.coro->result_size ? (char *)task.frame + task.coro->result_offset
                                : 0;
}

/* Where the error is once the task has raised; NULL where it never does. */
static inline void *coro_error_any(coro_any_task task) {
  return task.coro->error_size ? (char *)task.frame + task.coro->error_offset
                               : 0;
}

/* Where a generator's value is while its status is CORO_YIELDED; NULL where it
 * hands out none. */
static inline void *coro_value_any(coro_any_task task) {
  return task.coro->value_size ? (char *)task.frame + task.coro->value_offset
                               : 0;
}

/*
 * What a thread waits on, in its stack. Opaque: the words belong to the
 * runtime.
 */
typedef struct coro_parker {
  coro_context context;
  coro_timers timers; /* what the context offers, where there is a clock */
  uint32_t woken;     /* atomic */
  uint32_t woken_here;
} coro_parker;

/* Makes a parker; the context, in it, of what the thread is about to poll. */
coro_context *coro_parker_begin(coro_parker *parker);
/* Returns once the context's waker was called since the last return, by its
 * timers or anybody else. */
CORO_BLOCKING void coro_parker_wait(coro_parker *parker);
/* The same until coro_now() is `deadline`, CORO_FOREVER for never: 1 if the
 * waker was called, 0 if time is over, be it called or not: then look once
 * more. */
CORO_BLOCKING int coro_parker_wait_until(coro_parker *parker,
                                         uint64_t deadline);

/* A parker's waker is here for the optimiser to see: where it knows that the
 * waker in a context is this one, a local wake is a store. */
void coro_parker_wake(void *parker);
coro_untold coro_parker_wake_untold(void *parker);
static inline void coro_parker_wake_local(void *parker) {
  ((coro_parker *)parker)->woken_here = 1; /* the thread is awake */
}
static const coro_waker_ops coro_parker_waker = {
    coro_parker_wake, coro_parker_wake_local, coro_parker_wake_untold};

/*
 * What coro_block_on is compiled to calls before the first poll and between two
 * polls. The context is a variable of its own, which nobody has in between, and
 * says whose waker it is after each wait: so an inlined poll knows it.
 */
static inline void coro_block_on_begin(coro_parker *parker, coro_context *cx) {
  parker->woken = parker->woken_here = 0;
  parker->timers.ops = &coro_parker_timers;
  parker->timers.first = 0;
  parker->timers.clock = coro_timers_clock;
  coro_context fresh = CORO_CONTEXT_INIT;
  *cx = fresh;
  cx->waker.ops = &coro_parker_waker;
  cx->waker.data = parker;
  cx->allocator = &coro_allocator_default;
  cx->timers = coro_clock ? &parker->timers : 0;
}
CORO_BLOCKING static inline void coro_block_on_wait(coro_parker *parker,
                                                    coro_context *cx) {
  if (parker->woken_here)
    parker->woken_here = 0;
  else
    coro_parker_wait(parker);
  cx->waker.ops = &coro_parker_waker;
  cx->waker.data = parker;
}

#ifdef __cplusplus
}
#endif

#ifdef CORO_HAS_EFFECTS
#ifdef CORO_ERASE_EFFECTS

/* Nothing suspends, so a call is a call. Tasks do not exist in this mode. */
#define coro_suspend() ((void)0)
#define coro_yield_now() ((void)0)
#define coro_self() (&(coro_context)CORO_CONTEXT_INIT)
#define coro_block_on(f, ...) ((f)(__VA_ARGS__))

#else

/* Markers: the plugin replaces each of these calls. None exists at run time. */
void *__coro_bind(void *frame, ...);
void *__coro_block_on(coro_parker *parker, ...);
coro_status __coro_poll(void *frame, coro_context *cx CORO_BORROWED);
const coro_descriptor *__coro_of(void *frame);
__attribute__((const)) void *__coro_frame_of(void *frame, ...);
__attribute__((nothrow)) void *
__coro_indirect(void *callee, uint64_t frame_limit, uint64_t result_size,
                uint64_t result_align, uint64_t receives, uint64_t error_size,
                uint64_t error_align);
__attribute__((nothrow)) void *__coro_as(void *generic, void *function,
                                         uint64_t how, uint64_t number);
coro_context *__coro_self(void);
CORO_YIELDS void __coro_suspend(void);

/*
 * The task type of the function named f: a complete struct once f is defined,
 * or declared with coro_frame(N). It has a member `result` where f returns a
 * value. It may be copied until it is started, and then stays where it is.
 */
#ifndef CORO_PLUGIN_MISSING
#define coro_task(f) struct coro_task_##f
#endif

/*
 * A call without arguments leaves the `...` of these macros empty, of which
 * -Wpedantic complains before C23, unless the macro pastes a comma: so each
 * hands its arguments on once more, to be ignored.
 */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgnu-zero-variadic-macro-arguments"

/*
 * Binds the arguments, checked as in a call; runs nothing. task points to a
 * coro_task(f) that is not running.
 */
#define coro_start(task, f, ...)                                               \
  CORO_START(task, f, (__VA_ARGS__), 0, ##__VA_ARGS__)
#define CORO_START(task, f, arguments, ...)                                    \
  ((void)sizeof(struct {                                                       \
     _Static_assert(                                                           \
         __builtin_types_compatible_p(__typeof__(*(task)), coro_task(f)),      \
         "coro_start: the task is not of type coro_task(" #f ")");             \
     int coro_unused;                                                          \
   }),                                                                         \
   (void)((__typeof__(&(f)))__coro_bind((task)->coro_frame_bytes,              \
                                        (f)))arguments)

/* Runs a started task to its next suspension: a coro_status. */
#define coro_poll(task, cx) __coro_poll((task)->coro_frame_bytes, (cx))

/* The same task as a coro_any_task. */
#define coro_erase(task)                                                       \
  ((coro_any_task){(task)->coro_frame_bytes,                                   \
                   __coro_of((task)->coro_frame_bytes)})

/*
 * Runs f(args...) here, on this thread, to its end; its value is f's. There are
 * timers, where coro_clock is not NULL, but no executor and no reactor: what
 * waits for files waits for them alone, and for what timers end. May be called
 * from any function that does not yield.
 */
#define coro_block_on(f, ...) CORO_BLOCK_ON(f, (__VA_ARGS__), 0, ##__VA_ARGS__)
#define CORO_BLOCK_ON(f, arguments, ...)                                       \
  (((__typeof__(&(f)))__coro_block_on(                                         \
      &(coro_parker){CORO_CONTEXT_INIT, {0, 0, 0}, 0, 0}, (f),                 \
      &(coro_context)CORO_CONTEXT_INIT, coro_block_on_begin,                   \
      coro_block_on_wait))arguments)
#pragma clang diagnostic pop

/* Gives control to whoever polled, and continues when polled again. */
#define coro_suspend() __coro_suspend()

/*
 * The context of the poll that is running: never NULL, good until the next
 * suspension. Ask again after one.
 */
#define coro_self() __coro_self()

/* Wakes the running task, then suspends it: lets others run. */
#define coro_yield_now() (coro_wake_local(coro_self()->waker), coro_suspend())

#endif
#endif

#endif
