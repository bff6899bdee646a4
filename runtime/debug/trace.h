/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What coro_dump asks the recorded events, and they ask of the program. */
#ifndef CORO_DEBUG_TRACE_H
#define CORO_DEBUG_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether events are recorded. */
bool coro_trace_is_on(void);

/* When the task was last polled, or else added, as coro_now() was then: false
 * if this thread has not recorded it, or no more. */
bool coro_trace_last_poll(const void *task, uint64_t *time);

/* Functions by their addresses. All zero: none was asked for yet. */
typedef struct trace_names {
  struct trace_name *found;
  size_t count, room;
  struct dump_index *index;
} trace_names;

/* NULL where it is not known. There until the names are closed. */
const char *coro_trace_name_of(trace_names *names, uintptr_t function);
void coro_trace_names_close(trace_names *names);

#endif
