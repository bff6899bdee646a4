/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What generated code and the runtime agree on. The compiler includes this
 * file as well, so the two cannot drift: change a line here and both change.
 */
#ifndef CORO_ABI_H
#define CORO_ABI_H

#include <stddef.h>
#include <stdint.h>

/* Bumped whenever a frame, a descriptor or a status changes its meaning. */
#define CORO_ABI_VERSION 4

#ifdef __cplusplus
extern "C" {
#endif

struct coro_context;

/* What one poll ended with. Polling a task that is done says done again. */
typedef int32_t coro_status;
enum {
  CORO_DONE = 0,      /* finished: the result is valid */
  CORO_PENDING = 1,   /* waits: poll again once its waker was called */
  CORO_YIELDED = 2,   /* a generator handed out a value */
  CORO_RAISED = 3,    /* ended by raising: the error is valid */
  CORO_CANCELLED = 4, /* ended by cancellation */
};

/*
 * The values of a frame's state index, which is the frame's first 1, 2 or 4
 * bytes (the fewest that can count the function's states). 0 is a frame nobody
 * started and traps, as does anything past the last suspension point. In the
 * frame of a callee inside of another frame it may be out of date.
 */
enum {
  CORO_STATE_UNSTARTED = 0,
  CORO_STATE_BOUND = 1, /* arguments stored, nothing has run */
  CORO_STATE_DONE = 2,
  CORO_STATE_FIRST = 3, /* the first suspension point */
};

/*
 * In the frame's first byte, beside the state: somebody wants the task to be
 * cancelled, and the next poll begins to do so.
 */
#define CORO_STATE_CANCEL 0x80

/*
 * Where a result begins, and an error: the first multiple of its alignment at
 * or after this many bytes. What a generator yields, and what it is resumed
 * with, both begin at the first multiple of their alignment behind both. All
 * four places depend on the signature alone, never on the body.
 */
#define CORO_RESULT_MIN_OFFSET 4

/* Of the descriptions of frames in the section .debug.coro. */
#define CORO_RECORD_VERSION 2

/* Alignment of every frame declared with coro_frame(N). */
#define CORO_CONTRACT_ALIGN 16

/*
 * Describes one compiled coroutine, or one written by hand. Read-only, lives as
 * long as the program. Thread-safe: nothing in it changes.
 */
typedef struct coro_descriptor {
  uint32_t abi;         /* CORO_ABI_VERSION of the code that made it */
  uint32_t align;       /* bytes; a frame must start at a multiple of it */
  size_t size;          /* bytes of a frame */
  size_t result_offset; /* bytes from the frame's start */
  size_t result_size;   /* bytes; 0 where there is no result */
  size_t value_offset;  /* the same of what a generator yields */
  size_t value_size;
  size_t
      error_offset; /* the same of what it raises: valid instead of a result */
  size_t error_size;

  /* Runs the frame to its next suspension. cx is borrowed for the call. */
  coro_status (*poll)(void *frame, struct coro_context *cx);

  /*
   * Ends a task that nobody wants: runs the cleanups of where it is suspended.
   * While they wait the status is CORO_PENDING, and cancel is to be called
   * again once the waker was called; otherwise the task is over, mostly with
   * CORO_CANCELLED. Harmless where it was over already. NULL in hand-written
   * descriptors of tasks that have nothing to clean up.
   */
  coro_status (*cancel)(void *frame, struct coro_context *cx);

  /*
   * The call itself: start(frame, cx, arguments...). The arguments are in the C
   * function's lowered form. It returns a coro_status, and with it a result
   * that is no struct: see docs/abi.md. NULL for hand-written descriptors.
   */
  void (*start)(void);

  const char *name; /* the C function's name; never NULL */
} __attribute__((aligned(8))) coro_descriptor; /* executors use the free bits */

#ifdef __cplusplus
}
#endif

#endif
