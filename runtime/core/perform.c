/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * An operation that somebody else performs. Compiled twice: with the plugin,
 * and with CORO_ERASE_EFFECTS, where no context has a coro_completion.
 */
#include <coro/coro.h>

/* A wait, and whose it is: cancelling may bring a context without it. */
struct performing {
  coro_operation *operation;
  coro_completion *completion;
};

/* The performer may need time to let go of it. */
static yields void take_back(struct performing *self) {
  coro_operation *operation = self->operation;
  while (!operation->done &&
         self->completion->ops->cancel(self->completion, operation)) {
    operation->waker = coro_self()->waker;
    coro_suspend();
  }
}

yields int64_t coro_perform(coro_operation *operation) {
  if (!coro_spend(coro_self()))
    coro_yield_now();
  coro_completion *completion = coro_self()->completion;
  if (!completion)
    return CORO_NOT_OFFERED;
  operation->done = 0;
  operation->waker = coro_self()->waker;
  int error = completion->ops->submit(completion, operation);
  if (error)
    return error;
  /* NOLINTNEXTLINE(clang-analyzer-deadcode.DeadStores): take_back reads it. */
  __attribute__((cleanup(take_back))) struct performing here = {operation,
                                                                completion};
  while (!operation->done) {
    coro_suspend();
    operation->waker = coro_self()->waker;
  }
  return operation->result;
}
