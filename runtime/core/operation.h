/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef CORO_RUNTIME_OPERATION_H
#define CORO_RUNTIME_OPERATION_H

/* coro_operation.state, see operation.c. */
enum { NEW = 0, HELD = 1, WAITS = 2, WAKING = 3, DONE = 4 };

#endif
