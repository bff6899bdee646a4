/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Where a task is. The outermost frame has a state, whose suspension the record
 * tells; where that is a call, the callee's frame is a part of this one, and so
 * on inwards. Only the outermost state is sure to be up to date: a caller that
 * has a state for each of its callee's says what the callee's is
 * (docs/notes/fusing.md).
 */
#include "dump.h"

#include <stdlib.h>
#include <string.h>

/* Calls in each other, and joins in joins: beyond that the frame is damaged. */
enum { MAX_DEPTH = 10000, MAX_NESTED = 20 };

/* A frame in the task. Nothing behind `end`, where the task ends, is read. */
struct level {
  const char *frame, *end;
  const dump_record *record;
  uint64_t state;
};

static uint64_t read_state(const char *frame, uint64_t bytes) {
  const unsigned char *at = (const unsigned char *)frame;
  uint64_t first = at[0] & ~CORO_STATE_CANCEL, behind = 0;
  enum { WIDE = 64 }; /* the bit of a number that goes on behind */
  if (bytes == 1 || !(first & WIDE))
    return first;
  for (uint64_t i = 1; i < bytes; i++) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    behind |= (uint64_t)at[i] << (8 * (i - 1));
#else
    behind = behind << 8 | at[i];
#endif
  }
  return (first & (WIDE - 1)) | behind * WIDE;
}

static void indent(dump *dump, unsigned depth) {
  dump_print(&dump->text, "%*s", (int)(2 * depth + 4), "");
}

/* The functions that were fused, and at last the one that suspended: a line
 * each, the last of them not ended. */
static void print_places(dump *dump, const dump_record *record,
                         const dump_suspension *found, unsigned depth) {
  dump_place places[MAX_NESTED];
  dump_reader reader = found->places;
  uint64_t count = found->count < MAX_NESTED ? found->count : MAX_NESTED;
  for (uint64_t i = 0; i < count; i++)
    places[i] = dump_read_place(&reader);
  if (!count) {
    indent(dump, depth);
    dump_print(&dump->text, "%s, in state %llu", record->symbol,
               (unsigned long long)found->state);
  }
  while (count--) {
    const char *name = places[count].function;
    indent(dump, depth);
    dump_print(&dump->text, "%s at %s:%llu%s", *name ? name : record->symbol,
               places[count].file, (unsigned long long)places[count].line,
               count ? "\n" : "");
  }
}

static void print_task(dump *dump, struct level level, unsigned depth);

/* A task of f in a variable of type struct coro_task_f. */
static void print_arm(dump *dump, const char *frame, const dump_record *record,
                      const char *name, unsigned depth) {
  struct level arm = {frame, frame + record->size, record,
                      read_state(frame, record->state_bytes)};
  if (arm.state < CORO_STATE_FIRST)
    return;
  indent(dump, depth);
  dump_print(&dump->text, "%s:\n", *name ? name : "a task");
  print_task(dump, arm, depth + 1);
}

/* An array of tasks: [n] behind the type's name. */
static void print_arms(dump *dump, const struct level *level,
                       const dump_member *member, dump_variable variable,
                       unsigned depth) {
  static const char prefix[] = "struct coro_task_";
  if (strncmp(variable.type, prefix, sizeof(prefix) - 1) != 0)
    return;
  const char *name = variable.type + sizeof(prefix) - 1;
  char symbol[256];
  size_t length = strcspn(name, "[");
  if (length >= sizeof(symbol))
    return;
  memcpy(symbol, name, length);
  symbol[length] = 0;
  uint64_t count = name[length] ? strtoull(name + length + 1, NULL, 10) : 1;
  const dump_record *record = dump_index_find(dump->index, symbol, 0, 0);
  if (!record || !count || member->size / count < record->size ||
      record->size >= level->record->size)
    return;
  for (uint64_t i = 0; i < count; i++)
    print_arm(dump, level->frame + member->offset + i * (member->size / count),
              record, variable.name, depth);
}

/* Where it waits for no callee, it may wait for tasks it has. */
static void print_own_tasks(dump *dump, const struct level *level,
                            const uint8_t *live, uint64_t members,
                            unsigned depth) {
  for (uint64_t i = 0; i < members && depth < MAX_NESTED; i++) {
    dump_member member;
    if (!live[i] || !dump_find_member(level->record, i, &member))
      continue;
    if (member.count)
      print_arms(dump, level, &member, dump_read_variable(&member.variables),
                 depth);
  }
}

/* Goes on with the callee: false if it waits for none, or for one in a frame
 * that is somewhere else. */
static bool step_in(dump *dump, struct level *level,
                    const dump_suspension *found) {
  dump_member member;
  if (!found->child ||
      !dump_find_member(level->record, found->child - 1, &member) ||
      member.kind != DUMP_MEMBER_FRAME)
    return false;
  const dump_record *callee = dump_index_find(dump->index, found->callee, 0, 0);
  level->frame += member.offset;
  /* It may end behind the member, whose last bytes the caller may use where
   * they are there for alignment only. */
  if (!callee || callee->size > (size_t)(level->end - level->frame)) {
    level->record = NULL;
    return true;
  }
  level->state = found->states
                     ? CORO_STATE_FIRST + (level->state - found->state)
                     : read_state(level->frame, callee->state_bytes);
  level->record = callee;
  return true;
}

static void print_no_record(dump *dump, const char *name, unsigned depth) {
  indent(dump, depth);
  dump_print(&dump->text, "%s, of which there is no record\n", name);
}

static void print_unsuspended(dump *dump, const struct level *level,
                              unsigned depth) {
  indent(dump, depth);
  const char *name = level->record->symbol;
  if (level->state == CORO_STATE_BOUND)
    dump_print(&dump->text, "%s, from its beginning\n", name);
  else if (level->state == CORO_STATE_DONE)
    dump_print(&dump->text, "%s, which is done\n", name);
  else
    dump_print(&dump->text, "%s, in state %llu, which it does not have\n", name,
               (unsigned long long)level->state);
}

/* One level; false once there is none below. */
static bool print_level(dump *dump, struct level *level, unsigned depth) {
  dump_suspension found;
  uint8_t *live;
  uint64_t members;
  if (!dump_find_suspension(level->record, level->state, &found, &live,
                            &members)) {
    print_unsuspended(dump, level, depth);
    return false;
  }
  print_places(dump, level->record, &found, depth);
  bool waits =
      live && dump_waits(dump, level->frame, level->record, live, members);
  struct level below = *level;
  bool deeper = step_in(dump, &below, &found);
  if (!deeper && !waits && *found.callee)
    dump_print(&dump->text, ", waits for %s", found.callee);
  dump_print(&dump->text, "\n");
  if (!deeper && live)
    print_own_tasks(dump, level, live, members, depth + 1);
  free(live);
  if (deeper && !below.record)
    print_no_record(dump, found.callee, depth);
  *level = below;
  return deeper && below.record;
}

static void print_task(dump *dump, struct level level, unsigned depth) {
  for (int i = 0; i < MAX_DEPTH && print_level(dump, &level, depth); i++)
    ;
}

static void print_unknown(dump *dump, coro_any_task task) {
  unsigned state = *(unsigned char *)task.frame & ~CORO_STATE_CANCEL;
  dump_print(&dump->text, "    %s", task.coro->name);
  if (!task.coro->start)
    dump_print(&dump->text, ", written by hand\n");
  else if (state == CORO_STATE_BOUND)
    dump_print(&dump->text, ", from its beginning\n");
  else
    dump_print(&dump->text,
               ", in state %u; compiled with -g it would say where\n", state);
}

void dump_calls(dump *dump, coro_any_task task) {
  const dump_record *record = NULL;
  if (task.coro->start)
    record = dump_index_find(dump->index, task.coro->name, task.coro->size,
                             task.coro->align);
  if (!record) {
    print_unknown(dump, task);
    return;
  }
  const char *frame = task.frame;
  print_task(dump,
             (struct level){frame, frame + record->size, record,
                            read_state(frame, record->state_bytes)},
             0);
}
