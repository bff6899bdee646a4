/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Compiled twice: with the plugin, and with CORO_ERASE_EFFECTS. */
#include <coro/coro.h>

yields int coro_offload_work(coro_work *work) {
  coro_wait(&work->future);
  return work->result;
}

#ifndef CORO_ERASE_EFFECTS
yields void coro_offload_call(coro_work *work, void (*run)(coro_work *work)) {
  coro_work_init(work, run);
  coro_wait(&work->future);
  if (work->result)
    run(work);
}
#endif
