/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What coro_dump asks the recorded events. */
#ifndef CORO_DEBUG_TRACE_H
#define CORO_DEBUG_TRACE_H

#include <stdbool.h>
#include <stdint.h>

/* Whether events are recorded. */
bool coro_trace_is_on(void);

/* When the task was last polled, or else added, as coro_now() was then: false
 * if this thread has not recorded it, or no more. */
bool coro_trace_last_poll(const void *task, uint64_t *time);

#endif
