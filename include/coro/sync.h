/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* How tasks wait for each other. See docs/language/synchronising.md. */
#ifndef CORO_SYNC_H
#define CORO_SYNC_H

/* IWYU pragma: begin_exports */
#include <coro/barrier.h>
#include <coro/condition.h>
#include <coro/event.h>
#include <coro/mutex.h>
#include <coro/once.h>
#include <coro/rwlock.h>
#include <coro/semaphore.h>
/* IWYU pragma: end_exports */

#endif
