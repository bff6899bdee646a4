/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A thread that waits for one waker: what coro_block_on does between two polls.
 *
 *   AWAKE --coro_parker_wait--> ASLEEP
 *     | wake                       | wake, and the thread is told
 *     +---------> WOKEN <----------+
 *
 * From WOKEN coro_parker_wait returns, AWAKE again. Only a sleeping thread has
 * to be told, which costs more than all else here. Time may be over while it is
 * ASLEEP, and it stays so: the next wake tells it once too often. The same
 * where a timer has fired: its waker finds the thread awake.
 *
 * `woken` is a plain member, because C++ reads the header too, and is touched
 * atomically.
 */
#include "../port/port.h"

#include <coro/task.h>
#include <coro/time.h>

enum { AWAKE = 0, WOKEN = 1, ASLEEP = 2 };

/* Needs the address alone: the parker may be gone, see port.h. */
static void tell(void *woken) { coro_port_wake((const uint32_t *)woken); }

/* Whatever the waking side wrote before, the thread sees after its exchange. */
coro_untold coro_parker_wake_untold(void *data) {
  uint32_t *woken = &((coro_parker *)data)->woken;
  coro_untold untold = {0, woken};
  if (__atomic_exchange_n(woken, WOKEN, __ATOMIC_ACQ_REL) == ASLEEP)
    untold.tell = tell;
  return untold;
}

void coro_parker_wake(void *data) { coro_tell(coro_parker_wake_untold(data)); }

coro_context *coro_parker_begin(coro_parker *parker) {
  coro_block_on_begin(parker, &parker->context);
  return &parker->context;
}

/* Whether the thread has woken itself, also by a timer whose time has come. */
static bool woken_here(coro_parker *parker) {
  if (parker->timers.first)
    coro_timers_fire(&parker->timers);
  bool woken = parker->woken_here;
  parker->woken_here = 0;
  return woken;
}

static bool is_over(uint64_t deadline) {
  return deadline != CORO_FOREVER && coro_now() >= deadline;
}

/* False if time is over before it is woken. */
static bool wait_woken(coro_parker *parker, uint64_t deadline) {
  if (woken_here(parker))
    return true;
  uint32_t expected = AWAKE;
  __atomic_compare_exchange_n(&parker->woken, &expected, ASLEEP, /*weak=*/0,
                              __ATOMIC_RELAXED, __ATOMIC_RELAXED);
  while (__atomic_load_n(&parker->woken, __ATOMIC_RELAXED) != WOKEN) {
    if (woken_here(parker))
      return true;
    uint64_t left = coro_timers_until(&parker->timers);
    if (deadline != CORO_FOREVER) {
      uint64_t now = coro_now();
      if (now >= deadline)
        return false; /* a wake that comes now is there in the next wait */
      if (deadline - now < left)
        left = deadline - now;
    }
    coro_port_wait(&parker->woken, ASLEEP, left);
  }
  __atomic_exchange_n(&parker->woken, AWAKE, __ATOMIC_ACQ_REL);
  return true;
}

/* What wakes itself, or is woken all the time, never has the thread sleep: so
 * the time is looked at in any case. */
int coro_parker_wait_until(coro_parker *parker, uint64_t deadline) {
  return wait_woken(parker, deadline) && !is_over(deadline);
}

void coro_parker_wait(coro_parker *parker) {
  (void)coro_parker_wait_until(parker, CORO_FOREVER);
}
