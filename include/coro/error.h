/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What can go wrong that no function of the program's own says. */
#ifndef CORO_ERROR_H
#define CORO_ERROR_H

typedef enum coro_error {
  CORO_NO_ERROR = 0,
  CORO_NO_MEMORY = 1, /* the allocator refused */
} coro_error;

#endif
