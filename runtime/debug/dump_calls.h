/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What dump_calls.c and dump_arms.c share: where a task's line of calls is. */
#ifndef CORO_DEBUG_DUMP_CALLS_H
#define CORO_DEBUG_DUMP_CALLS_H

#include "dump.h"

/* Joins in joins: beyond that the frame is damaged. */
enum { DUMP_MAX_NESTED = 20 };

/* A frame in the task. Nothing behind `end`, where the task ends, is read. */
typedef struct dump_level {
  const char *frame, *end;
  char *copy;      /* what the frame is in, if it is elsewhere; to be freed */
  ptrdiff_t moved; /* the true address is so much higher */
  const dump_record *record;
  uint64_t state;
} dump_level;

static inline size_t dump_room_of(const dump_level *level) {
  return (size_t)(level->end - level->frame);
}

uint64_t dump_read_state(const char *frame, uint64_t bytes);
void dump_indent(dump *dump, unsigned depth);

/* Copies a frame of so many bytes, which may not be there: then it has none. */
void dump_open_frame(const dump *dump, uintptr_t address, size_t size,
                     dump_level *level);

/* The calls of the frame, a line each; frees its copy. */
void dump_level_calls(dump *dump, dump_level level, unsigned depth);

/* The tasks that the frame's variables hold or lead to: false if there is none.
 * live has a byte for each member. */
bool dump_arms(dump *dump, const dump_level *level, const uint8_t *live,
               uint64_t members, unsigned depth);

#endif
