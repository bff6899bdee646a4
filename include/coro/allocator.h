/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Where frames come from that have no place in their caller's: an allocator is
 * two functions of your choice, and may refuse. Nothing takes memory from one
 * but coro_try_box and coro_new, so the source shows each place.
 */
#ifndef CORO_ALLOCATOR_H
#define CORO_ALLOCATOR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Of the tables behind the capabilities: each begins with the one it has, the
 * number that the headers had which it was compiled with. 1 is the first; 2
 * added coro_spawner_ops.cancel_now and coro_reactor_ops.descriptor. A function
 * that came later than a table is not looked at, whatever is in its place. The
 * tables of wakers have none: compiled code calls them itself, so they are of
 * CORO_ABI_VERSION.
 */
#define CORO_CAPABILITY_VERSION 2

typedef struct coro_allocator coro_allocator;

/*
 * Both are called from inside a poll, on the thread that polls, with nothing of
 * ours locked; or by coro_new and coro_free, on their caller's. What one thread
 * took another may give back, if a task goes from one to the other. An
 * allocator that tasks of several threads share must stand that.
 */
typedef struct coro_allocator_ops {
  uint32_t version; /* CORO_CAPABILITY_VERSION of who filled the table */
  /*
   * `size` bytes, never 0, at a multiple of `align`, a power of two; or NULL,
   * which whoever asked is told. May not suspend.
   */
  void *(*allocate)(coro_allocator *self, size_t size, size_t align);
  /* Takes back what allocate gave for just these two numbers. */
  void (*release)(coro_allocator *self, void *memory, size_t size,
                  size_t align);
} coro_allocator_ops;

/*
 * The head of an allocator; a struct that begins with one has room for more.
 * Borrowed by contexts and by what was taken from it: outlives both.
 */
struct coro_allocator {
  const coro_allocator_ops *ops;
};

/*
 * What coro_block_on, executors and coro_next in ordinary functions offer: the
 * C library's heap where the platform has one, and safe to share. Without a
 * platform it refuses always, unless the program defines it itself.
 */
extern coro_allocator coro_allocator_default;

#ifdef __cplusplus
}
#endif

#endif
