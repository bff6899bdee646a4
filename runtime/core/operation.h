/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef CORO_RUNTIME_OPERATION_H
#define CORO_RUNTIME_OPERATION_H

/* coro_operation.state, see operation.c. */
enum {
  OPERATION_NEW = 0,
  OPERATION_HELD = 1,
  OPERATION_WAITS = 2,
  OPERATION_WAKING = 3,
  OPERATION_DONE = 4,
};

#endif
