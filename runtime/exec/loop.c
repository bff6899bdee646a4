/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <coro/loop.h>

int coro_loop_init(coro_loop *loop) {
  int error;
  loop->reactor = coro_reactor_open(&error);
  if (!loop->reactor)
    return error;
  coro_executor_init(&loop->executor, loop->reactor, NULL);
  return 0;
}

void coro_loop_fini(coro_loop *loop) {
  coro_executor_fini(&loop->executor);
  coro_reactor_close(loop->reactor);
}
