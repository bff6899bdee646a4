/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <coro/context.h>

static void wake_nobody(void *data) { (void)data; }

const coro_waker_ops coro_waker_noop = {wake_nobody};

const coro_context coro_context_idle = {{&coro_waker_noop, 0},   0, 0, 0,
                                        &coro_allocator_default, 0};

const coro_context coro_context_idle_cancel = {{&coro_waker_noop, 0},   0, 0, 0,
                                               &coro_allocator_default, 1};
