/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The capability of watching files: the seam between whoever waits for them and
 * whoever knows how. Each backend fills this table, and nothing else in the
 * runtime knows which one it is; a program may bring its own.
 *
 * All but notify are called on the thread of the one executor that has the
 * reactor, and not from signal handlers: wait and cancel from inside of polls,
 * gather and deliver by the executor.
 *
 * Readiness is what all kernels offer, so it is what the table asks for. A
 * backend that completes operations (io_uring) serves `wait` with a poll
 * request; operations submitted whole will be one more entry, NULL where a
 * backend has none, and runtime/io falls back on readiness there.
 */
#ifndef CORO_REACTOR_H
#define CORO_REACTOR_H

#include <coro/capability.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * One task's wait for one file. Lives in the waiting frame and stays where it
 * is until it is ready or cancelled. `ready` is 0 while it waits; `waker` may
 * be replaced by its owner at any time.
 */
typedef struct coro_fd_wait {
  struct coro_fd_wait *next; /* the backend's */
  coro_waker waker;
  int32_t fd;
  uint16_t events; /* CORO_READABLE | CORO_WRITABLE: one is enough */
  uint16_t ready;  /* which of them came */
} coro_fd_wait;

typedef struct coro_reactor_ops {
  uint32_t version; /* CORO_CAPABILITY_VERSION of who filled the table */
  const char *name;

  /*
   * Starts a wait. 0: it waits, and a later deliver sets `ready` and calls the
   * waker, once. > 0: it is ready already, and these are the events. < 0:
   * -errno; it does not wait.
   */
  int (*wait)(struct coro_reactor *reactor, coro_fd_wait *wait);

  /*
   * Takes a wait out. Nothing happens to one that has become ready. Nobody
   * knows the wait's address afterwards, so its frame may go; a backend whose
   * kernel answers later has that answer find nothing.
   */
  void (*cancel)(struct coro_reactor *reactor, coro_fd_wait *wait);

  /*
   * Asks the kernel which files are ready, remembers some, and returns how many
   * notifications it took, or -errno. Where there are none of either it blocks,
   * at most `ns` nanoseconds (UINT64_MAX: no limit; 0: not at all), and may
   * return early. Calls no waker.
   */
  int (*gather)(struct coro_reactor *reactor, uint64_t ns);

  /*
   * Finishes the waits whose files the last gather found ready. Apart from it
   * so that the executor can say in between that it is awake: a waker called
   * now need not notify. The wakers call nothing of this table.
   */
  void (*deliver)(struct coro_reactor *reactor);

  /*
   * Ends the gather that blocks, or the next one that would. From any thread
   * and from signal handlers; keeps errno. The reactor may be closed as soon as
   * a gather has counted this notification.
   */
  void (*notify)(struct coro_reactor *reactor);

  void (*close)(struct coro_reactor *reactor);

  /* Since version 2. A file descriptor that is readable while gather would not
   * block: see coro_runner. NULL: it has none. */
  int (*descriptor)(struct coro_reactor *reactor);
} coro_reactor_ops;

/* The first member of every backend's own struct. */
typedef struct coro_reactor {
  const coro_reactor_ops *ops;
} coro_reactor;

/* What the reactor's function says, or CORO_NOT_OFFERED. */
static inline int coro_reactor_descriptor(coro_reactor *reactor) {
  return reactor->ops->version >= 2 && reactor->ops->descriptor
             ? reactor->ops->descriptor(reactor)
             : CORO_NOT_OFFERED;
}

#ifdef __cplusplus
}
#endif

#endif
