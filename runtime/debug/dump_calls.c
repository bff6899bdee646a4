/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Where a task is. The outermost frame has a state, whose suspension the record
 * tells; where that is a call, the callee's frame is a part of this one, or in
 * a box whose address is, and so on inwards. Only the outermost state is sure
 * to be up to date: a caller that has a state for each of its callee's says
 * what the callee's is (docs/notes/fusing.md).
 */
#include "dump_calls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Calls in each other: beyond that the frame is damaged. */
enum { MAX_DEPTH = 10000, MAX_FRAME = 1 << 24 };

static bool find_member(const dump_level *level, uint64_t number,
                        dump_member *member) {
  return dump_find_member(level->record, number, dump_room_of(level), member);
}

uint64_t dump_read_state(const char *frame, uint64_t bytes) {
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

void dump_indent(dump *dump, unsigned depth) {
  dump_print(&dump->text, "%*s", (int)(2 * depth + 4), "");
}

/* The functions that were fused, and at last the one that suspended: a line
 * each, the last of them not ended. */
static void print_places(dump *dump, const dump_record *record,
                         const dump_suspension *found, unsigned depth) {
  dump_place places[DUMP_MAX_NESTED];
  dump_reader reader = found->places;
  uint64_t count =
      found->count < DUMP_MAX_NESTED ? found->count : DUMP_MAX_NESTED;
  for (uint64_t i = 0; i < count; i++)
    places[i] = dump_read_place(&reader);
  if (!count) {
    dump_indent(dump, depth);
    dump_print(&dump->text, "%s", record->symbol);
    if (!found->only)
      dump_print(&dump->text, ", in state %llu",
                 (unsigned long long)found->state);
  }
  while (count--) {
    const char *name = places[count].function;
    dump_indent(dump, depth);
    dump_print(&dump->text, "%s at %s:%llu%s", *name ? name : record->symbol,
               places[count].file, (unsigned long long)places[count].line,
               count ? "\n" : "");
  }
}

/* A callee: its name and, unless something is wrong, the frame. */
struct callee {
  dump_level level; /* record is NULL where it ends here */
  const char *wrong;
  char name[256];
};

static uintptr_t pointer_at(const char *from) {
  uintptr_t pointer;
  memcpy(&pointer, from, sizeof(pointer));
  return pointer;
}

/* What a member holds that is a pointer; 0 if it is none. */
static uintptr_t pointer_in(const dump_level *level, uint64_t number) {
  dump_member member;
  if (!number || !find_member(level, number - 1, &member) ||
      member.size < sizeof(uintptr_t))
    return 0;
  return pointer_at(level->frame + member.offset);
}

/* The callee's record, and in `size` what its frame takes, if that is known. */
static const dump_record *find_callee(dump *dump, const dump_level *level,
                                      const dump_suspension *found,
                                      struct callee *callee, size_t *size) {
  if (!found->descriptor) {
    snprintf(callee->name, sizeof(callee->name), "%s", found->callee);
    return dump_index_find(dump->index, (dump_wanted){.symbol = found->callee,
                                                      .user = level->record});
  }
  coro_descriptor coro;
  uintptr_t descriptor = pointer_in(level, found->descriptor);
  if (!dump_read_descriptor(dump, descriptor, &coro, callee->name,
                            sizeof(callee->name))) {
    snprintf(callee->name, sizeof(callee->name), "a call through a pointer");
    callee->wrong = "that cannot be read";
    return NULL;
  }
  *size = coro.size;
  return dump_index_find(dump->index, (dump_wanted){.symbol = callee->name,
                                                    .size = coro.size,
                                                    .align = coro.align,
                                                    .descriptor = descriptor});
}

/* A box may not be there if the record is damaged. */
void dump_open_frame(const dump *dump, uintptr_t address, size_t size,
                     dump_level *level) {
  level->copy = size <= MAX_FRAME ? malloc(size) : NULL;
  if (level->copy && !dump_read(dump, address, level->copy, size)) {
    free(level->copy);
    level->copy = NULL;
  }
  level->frame = level->copy;
  level->end = level->copy ? level->copy + size : NULL;
  level->moved = (ptrdiff_t)(address - (uintptr_t)level->copy);
}

/* Goes on with the callee: false if it waits for none. */
static bool step_in(dump *dump, const dump_level *level,
                    const dump_suspension *found, struct callee *callee) {
  dump_member member;
  size_t size = 0;
  if (!found->child || !(found->descriptor || *found->callee) ||
      !find_member(level, found->child - 1, &member))
    return false;
  *callee = (struct callee){.level = *level};
  dump_level *below = &callee->level;
  below->record = NULL;
  below->frame += member.offset;
  const dump_record *record = find_callee(dump, level, found, callee, &size);
  if (!record)
    return true;
  if (found->boxed)
    dump_open_frame(dump, pointer_in(level, found->child),
                    size ? size : record->size, below);
  /* One in the caller's has no bytes for arguments that a task keeps until it
   * is polled, and its last may be the caller's where they are there for
   * alignment only. */
  if (!below->frame || record->state_bytes > dump_room_of(below)) {
    callee->wrong = "whose frame cannot be read";
    return true;
  }
  below->record = record;
  below->state = found->states
                     ? CORO_STATE_FIRST + (level->state - found->state)
                     : dump_read_state(below->frame, record->state_bytes);
  return true;
}

static void print_end(dump *dump, const struct callee *callee, unsigned depth) {
  dump_indent(dump, depth);
  dump_print(&dump->text, "%s, %s\n", callee->name,
             callee->wrong ? callee->wrong : "of which there is no record");
}

static void print_unsuspended(dump *dump, const dump_level *level,
                              unsigned depth) {
  dump_indent(dump, depth);
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
static bool print_level(dump *dump, dump_level *level, unsigned depth) {
  dump_suspension found;
  uint8_t *live;
  uint64_t members;
  if (!dump_find_suspension(level->record, level->state, &found, &live,
                            &members)) {
    print_unsuspended(dump, level, depth);
    return false;
  }
  print_places(dump, level->record, &found, depth);
  dump->moved = level->moved;
  bool waits = live && dump_waits(dump, level->frame, dump_room_of(level),
                                  level->record, live, members);
  struct callee callee;
  bool deeper = step_in(dump, level, &found, &callee);
  if (!deeper && !waits && *found.callee)
    dump_print(&dump->text, ", waits for %s", found.callee);
  else if (!deeper && !waits && found.child)
    dump_print(&dump->text, ", waits for a call through a pointer that it "
                            "does not keep");
  dump_print(&dump->text, "\n");
  if (!deeper && !(live && dump_arms(dump, level, live, members, depth + 1)) &&
      !waits && !*found.callee && !found.child)
    dump_statics(dump, 2 * depth + 6);
  free(live);
  if (!deeper)
    return false;
  if (callee.level.copy != level->copy)
    free(level->copy);
  *level = callee.level;
  if (!level->record)
    print_end(dump, &callee, depth);
  return level->record;
}

void dump_level_calls(dump *dump, dump_level level, unsigned depth) {
  int calls = 0;
  while (calls < MAX_DEPTH && print_level(dump, &level, depth))
    calls++;
  if (calls == MAX_DEPTH) {
    dump_indent(dump, depth);
    dump_print(&dump->text, "and further calls, which are left out\n");
  }
  free(level.copy);
}

static void print_unknown(dump *dump, coro_any_task task) {
  unsigned state = *(unsigned char *)task.frame & ~CORO_STATE_CANCEL;
  dump_print(&dump->text, "    %s", task.coro->name);
  if (!task.coro->start) {
    dump_print(&dump->text, ", written by hand");
    if (dump->run)
      dump_future(dump, (uintptr_t)task.frame);
    dump_print(&dump->text, "\n");
  } else if (state == CORO_STATE_BOUND)
    dump_print(&dump->text, ", from its beginning\n");
  else
    dump_print(&dump->text, ", in state %u, of which there is no record\n",
               state);
}

void dump_calls(dump *dump, coro_any_task task) {
  dump->arms[dump->arm_count++] = (uintptr_t)task.frame;
  dump->frame = task.frame;
  dump->frame_size = task.coro->size;
  const dump_record *record = NULL;
  if (task.coro->start)
    record = dump_index_find(dump->index,
                             (dump_wanted){.symbol = task.coro->name,
                                           .size = task.coro->size,
                                           .align = task.coro->align,
                                           .descriptor = (uintptr_t)task.coro});
  if (!record) {
    print_unknown(dump, task);
    return;
  }
  const char *frame = task.frame;
  dump_level_calls(
      dump,
      (dump_level){.frame = frame,
                   .end = frame + record->size,
                   .record = record,
                   .state = dump_read_state(frame, record->state_bytes)},
      0);
}
