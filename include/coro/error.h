/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What can go wrong that no function of the program's own says. */
#ifndef CORO_ERROR_H
#define CORO_ERROR_H

/* What a plain call of a boxed function raises. */
typedef enum coro_error {
  CORO_NO_ERROR = 0,
  CORO_NO_MEMORY = 1, /* the allocator refused */
} coro_error;

/*
 * What functions of the runtime return where they fail: the negative errno
 * values of Linux, also where there is no errno.h.
 */
enum {
  CORO_BUSY = -11,            /* EAGAIN: it would have to wait */
  CORO_REFUSED = -12,         /* ENOMEM: the allocator refused */
  CORO_INVALID = -22,         /* EINVAL: no such thing */
  CORO_CLOSED = -32,          /* EPIPE: nobody is at the other end */
  CORO_UNKNOWN_VERSION = -93, /* EPROTONOSUPPORT: of a capability's table */
  CORO_NOT_OFFERED = -95, /* EOPNOTSUPP: the context has no such capability */
  CORO_TIMED_OUT = -110,  /* ETIMEDOUT */
  CORO_TAKEN = -114, /* EALREADY: another thread blocks on it, and one may */
  CORO_ENDED = -125, /* ECANCELED: the task that was to do it was cancelled */
};

#endif
