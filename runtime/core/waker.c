/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <coro/context.h>

static void wake_nobody(void *data) { (void)data; }

const coro_waker_ops coro_waker_noop = {wake_nobody, wake_nobody, 0};

#define IDLE(is_cancelling)                                                    \
  {.waker = {&coro_waker_noop, 0},                                             \
   .allocator = &coro_allocator_default,                                       \
   .cancelling = (is_cancelling),                                              \
   .fuel = CORO_FUEL_UNLIMITED}

const coro_context coro_context_idle = IDLE(0);

const coro_context coro_context_idle_cancel = IDLE(1);
