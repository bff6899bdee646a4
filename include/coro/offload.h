/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Work that blocks or computes for long, done by another thread while the task
 * waits. See docs/language/blocking-work.md.
 */
#ifndef CORO_OFFLOAD_H
#define CORO_OFFLOAD_H

#include <coro/error.h>
#include <coro/wait.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct coro_work coro_work;

/* Offloader: runs what blocks -------------------------------------------------
 *
 * Called on the thread that polls the task, never from signal handlers, which
 * the functions do not block.
 */

typedef struct coro_offloader coro_offloader;

typedef struct coro_offloader_ops {
  uint32_t version;
  /* Takes the work, and calls coro_work_run with it, once, on any thread. 0, or
   * a negative number of error.h: then it was not taken. An offloader whose
   * queue has an end keeps those that come when it is full in line. One that
   * runs it in here calls work->run itself and sets work->ran. */
  int (*submit)(coro_offloader *self, coro_work *work);
  /* Nobody wants it any more. 0: it never runs, and is the caller's again.
   * CORO_BUSY: it runs, or has run. */
  int (*cancel)(coro_offloader *self, coro_work *work);
  /* As submit, but CORO_BUSY where the work would have to stand in line. */
  int (*try_submit)(coro_offloader *self, coro_work *work);
} coro_offloader_ops;

struct coro_offloader {
  const coro_offloader_ops *ops;
};

/*
 * One piece of work, and a future that is done once it ran. The storage is the
 * caller's, mostly in the frame that waits, and stays where it is until the
 * future is done or was cancelled. A struct that begins with a coro_work has
 * room for what `run` takes and gives.
 *
 * Cancelled before it runs, it never does. Cancelled while it runs, the wait
 * goes on until it has ended.
 */
struct coro_work {
  coro_future future;
  void (*run)(coro_work *work); /* on another thread; does not yield */
  coro_offloader *offloader;    /* who has it; NULL before and after */
  coro_work *next, *prev;       /* the offloader's, as is `queued` */
  coro_waker waker;
  coro_wait_queue gate; /* of which only the lock is used: for the next two */
  uint32_t ran;
  uint32_t queued;
  /* Once the future is done: 0 if it ran, or why it was not taken, and so
   * never runs: CORO_NOT_OFFERED without an offloader in the context. */
  int32_t result;
  /* For dumps; atomic. Once it runs: 1 or, in a runtime that traces, the time
   * when it began, in milliseconds of coro_now(), with the lowest bit set. */
  uint32_t began;
};

/* Makes work that nobody has yet. */
void coro_work_init(coro_work *work, void (*run)(coro_work *work));

/*
 * Begins it without waiting, on the thread of the task that will wait for
 * &work->future: 0, CORO_BUSY where it would have to stand in line (or the
 * offloader cannot tell), or why it was refused. Until 0 nothing has happened.
 */
int coro_work_try(coro_work *work, coro_offloader *offloader);

/* For offloaders: runs it, and has its task polled. From any thread. The work
 * may be gone when it returns. */
void coro_work_run(coro_work *work);

/* Runs work at once, on the thread of the task, which does not wait then: for
 * tests, and where there are no other threads. Any thread may use it. */
extern coro_offloader coro_offload_here;

/* Helpers: threads that run work ------------------------------------------- */

/* What they are to be; all zero is a good one. */
typedef struct coro_helpers_options {
  uint32_t min;     /* threads that are always there */
  uint32_t max;     /* threads at most; 0: 4, or min if that is more */
  uint32_t limit;   /* of the queue; 0: 256. Who comes later stands in line */
  uint64_t idle_ns; /* others end when they had no work for so long; 0: 10 s */
} coro_helpers_options;

/*
 * A group of threads with one queue, first in first out. Opaque: the members
 * belong to the runtime. Serves any number of executors, on any threads.
 */
typedef struct coro_helpers {
  coro_offloader offloader; /* the one to put into contexts */
  coro_wait_queue gate;     /* of which only the lock is used: for the rest */
  coro_work *first, *last;
  struct coro_helper *idle; /* the one that became idle last comes first */
  size_t works;             /* queued or in line; not those that run */
  uint32_t min, max, limit;
  uint32_t threads; /* that were started and have not ended */
  uint32_t coming;  /* 1 while one has been sent for that is not there yet */
  uint64_t idle_ns;
  uintptr_t ended; /* a thread that nobody has joined yet */
  uint32_t has_ended;
  uint32_t stopping;
  uint32_t changes; /* atomic, for coro_helpers_stop to wait on */
} coro_helpers;

/*
 * Starts `min` threads; the others are started when there is work that no
 * thread waits for. They block all signals. options may be NULL: all zero. The
 * storage stays where it is until coro_helpers_stop. 0, CORO_INVALID for a max
 * below min, or CORO_REFUSED where the system has no more threads.
 */
int coro_helpers_start(coro_helpers *helpers,
                       const coro_helpers_options *options);

/*
 * Ends the threads, and returns once they are gone. What they have taken is
 * run before; what comes later is refused with CORO_CLOSED. Any thread but
 * theirs, once.
 */
CORO_BLOCKING void coro_helpers_stop(coro_helpers *helpers);

/* What the queue holds, how much stands in line for it, and how many threads
 * there are. From any thread; may have changed when it returns. */
typedef struct coro_helpers_state {
  size_t queued, waiting;
  uint32_t threads, idle;
} coro_helpers_state;
coro_helpers_state coro_helpers_now(coro_helpers *helpers);

#ifdef CORO_HAS_EFFECTS
/*
 * Waits until the context's offloader has run the work: its result. Where there
 * is none, or it refuses, nothing ran.
 */
CORO_NEEDS(offloader)
CORO_YIELDS int coro_offload_work(coro_work *work) CORO_FRAME(48);
#endif

#ifdef __cplusplus
}
#endif

#ifdef CORO_HAS_EFFECTS
#ifdef CORO_ERASE_EFFECTS

/* The caller blocks either way. */
#define coro_offload(f, ...) ((f)(__VA_ARGS__))

#else

/* What the call below is made of: run is made by the plugin, and what it takes
 * is behind the work. */
CORO_YIELDS void coro_offload_call(coro_work *work,
                                   void (*run)(coro_work *work)) CORO_FRAME(64);
/* Marker, see task.h. */
CORO_NEEDS(offloader_among_tasks)
CORO_YIELDS void *__coro_offload(uint64_t work_size, ...);

/*
 * Runs f(args...) on another thread and waits until it has ended; its value is
 * f's. f is the name of a function that does not yield, and the arguments are
 * checked as in a call. In functions that yield.
 *
 * Without an offloader in the context, or where that refuses, it is a call on
 * this thread: so it cannot fail, and an error of the compiler is where it
 * would hold up others, in the tasks of a closed set.
 */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgnu-zero-variadic-macro-arguments"
#define coro_offload(f, ...) CORO_OFFLOAD(f, (__VA_ARGS__), 0, ##__VA_ARGS__)
#pragma clang diagnostic pop
#define CORO_OFFLOAD(f, arguments, ...)                                        \
  (((__typeof__(&*(f)))__coro_offload(sizeof(coro_work), coro_offload_call,    \
                                      (f)))arguments)

#endif
#endif

#endif
