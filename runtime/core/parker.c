/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A thread that waits for one waker: what coro_block_on does between two polls.
 *
 *   woken = 0 --wake--> woken = 1 --coro_parker_wait returns--> woken = 0
 *
 * `woken` is a plain member, because C++ reads the header too, and is touched
 * atomically.
 */
#include "../port/port.h"

#include <coro/task.h>
#include <coro/time.h>

void coro_parker_wake(void *data) {
  coro_parker *parker = (coro_parker *)data;
  /* Whatever the waking side wrote before, the thread sees after its exchange.
   * It may return and its stack be gone before the second line: see port.h. */
  if (!__atomic_exchange_n(&parker->woken, 1, __ATOMIC_ACQ_REL))
    coro_port_wake(&parker->woken);
}

coro_context *coro_parker_begin(coro_parker *parker) {
  coro_block_on_begin(parker, &parker->context);
  return &parker->context;
}

int coro_parker_wait_until(coro_parker *parker, uint64_t deadline) {
  if (parker->woken_here) {
    parker->woken_here = 0;
    return 1;
  }
  while (!__atomic_exchange_n(&parker->woken, 0, __ATOMIC_ACQ_REL)) {
    uint64_t left = CORO_PORT_FOREVER;
    if (deadline != CORO_FOREVER) {
      uint64_t now = coro_now();
      if (now >= deadline)
        return 0;
      left = deadline - now;
    }
    coro_port_wait(&parker->woken, 0, left);
  }
  return 1;
}

void coro_parker_wait(coro_parker *parker) {
  (void)coro_parker_wait_until(parker, CORO_FOREVER);
}
