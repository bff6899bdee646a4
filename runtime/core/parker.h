/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What those who wake with a lock held need to know of threads that wait. */
#ifndef CORO_CORE_PARKER_H
#define CORO_CORE_PARKER_H

#include <coro/context.h>

/*
 * coro_wake, but where a thread sleeps in a coro_parker it is not told: the
 * caller does so soon, with coro_port_wake and the address returned, by which
 * time the thread may have gone on by itself and its stack be gone. Else NULL.
 */
const uint32_t *coro_wake_untold(coro_waker waker);

#endif
