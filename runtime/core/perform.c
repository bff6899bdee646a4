/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * An operation that somebody else performs. Compiled twice: with the plugin,
 * and with CORO_ERASE_EFFECTS, where no context has a coro_completion.
 */
#include <coro/coro.h>

yields int64_t coro_perform(coro_operation *operation) {
  if (!coro_spend(coro_self()))
    coro_yield_now();
  coro_operation_init(operation, operation->code);
  coro_wait(&operation->future);
  return operation->result;
}
