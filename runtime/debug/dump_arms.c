/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The tasks that a suspended function has: it may wait for them. A record says
 * which of its variables are tasks, or lead to one:
 *
 *   struct coro_task_f          one of f, in the frame; arrays of them, too
 *   struct coro_task_f *        one of f, somewhere else
 *   coro_any_task               one of whatever its descriptor says
 *   coro_any_task *             such a variable of somebody else's
 *
 * What is somewhere else may be gone: it is copied before anything is believed.
 * Tasks may name each other; each is written once for the task that is listed.
 */
#include "dump_calls.h"

#include <stdlib.h>
#include <string.h>

static const char of_function[] = "struct coro_task_";
static const char of_any[] = "coro_any_task";

/* False for one that was written before, and once there is no room. */
static bool is_new(dump *dump, uintptr_t frame) {
  for (size_t i = 0; i < dump->arm_count; i++)
    if (dump->arms[i] == frame)
      return false;
  if (dump->arm_count == DUMP_MAX_ARMS)
    return false;
  dump->arms[dump->arm_count++] = frame;
  return true;
}

static void print_name(dump *dump, const char *name, unsigned depth) {
  dump_indent(dump, depth);
  dump_print(&dump->text, "%s:\n", *name ? name : "a task");
}

/* True unless it does not wait, or was written before. Frees the copy. */
static bool print_arm(dump *dump, dump_level arm, const char *name,
                      unsigned depth) {
  size_t bytes = arm.record->state_bytes;
  arm.state = arm.frame && dump_room_of(&arm) >= bytes
                  ? dump_read_state(arm.frame, bytes)
                  : CORO_STATE_DONE;
  uintptr_t frame = (uintptr_t)arm.frame + (uintptr_t)arm.moved;
  if (arm.state < CORO_STATE_FIRST || !is_new(dump, frame)) {
    free(arm.copy);
    return false;
  }
  print_name(dump, name, depth);
  dump_level_calls(dump, arm, depth + 1);
  return true;
}

/* What is written behind the f of a type, "" or "[n]" or " *"; NULL if it is
 * another type, or f has no record. */
static const char *behind_function(const dump *dump, const dump_level *level,
                                   const char *type,
                                   const dump_record **record) {
  char symbol[256];
  if (strncmp(type, of_function, sizeof(of_function) - 1) != 0)
    return NULL;
  const char *name = type + sizeof(of_function) - 1;
  size_t length = strcspn(name, "[ ");
  if (length >= sizeof(symbol))
    return NULL;
  memcpy(symbol, name, length);
  symbol[length] = 0;
  *record = dump_index_find(
      dump->index, (dump_wanted){.symbol = symbol, .user = level->record});
  return *record ? name + length : NULL;
}

static uint64_t count_of(const char *behind) {
  return *behind == '[' ? strtoull(behind + 1, NULL, 10) : !*behind;
}

/* Tasks in the frame. */
static bool print_own(dump *dump, const dump_level *level,
                      const dump_member *member, dump_variable variable,
                      unsigned depth) {
  const dump_record *record;
  const char *behind = behind_function(dump, level, variable.type, &record);
  uint64_t count = behind ? count_of(behind) : 0;
  bool any = false;
  if (!count || member->size / count < record->size ||
      record->size >= level->record->size)
    return false;
  for (uint64_t i = 0; i < count; i++) {
    const char *at = level->frame + member->offset + i * (member->size / count);
    any |= print_arm(dump,
                     (dump_level){.frame = at,
                                  .end = at + record->size,
                                  .moved = level->moved,
                                  .record = record},
                     variable.name, depth);
  }
  return any;
}

/* Its frame says where it was, and not where it is. */
static bool is_running(const dump *dump, uintptr_t frame) {
  coro_runnable *run = dump->run ? dump->executor->running : NULL;
  return run && !dump->executor->closed &&
         frame == (uintptr_t)coro_runnable_frame(run);
}

static bool print_elsewhere(dump *dump, uintptr_t frame, size_t size,
                            const dump_record *record, const char *name,
                            unsigned depth) {
  dump_level arm = {.record = record};
  if (is_running(dump, frame))
    return false;
  dump_open_frame(dump, frame, size, &arm);
  return print_arm(dump, arm, name, depth);
}

/* One of which there is the name, or a future by hand. */
static bool print_bare(dump *dump, coro_any_task task,
                       const coro_descriptor *coro, const char *symbol,
                       const char *name, unsigned depth) {
  if (!is_new(dump, (uintptr_t)task.frame))
    return false;
  print_name(dump, name, depth);
  dump_indent(dump, depth + 1);
  dump_print(&dump->text, "%s, %s", symbol,
             coro->start ? "of which there is no record" : "written by hand");
  if (dump->run && !coro->start)
    dump_future(dump, (uintptr_t)task.frame);
  dump_print(&dump->text, "\n");
  return true;
}

static bool print_any(dump *dump, coro_any_task task, const char *name,
                      unsigned depth) {
  coro_descriptor coro;
  char symbol[256];
  uintptr_t descriptor = (uintptr_t)task.coro;
  if (!task.frame ||
      !dump_read_descriptor(dump, descriptor, &coro, symbol, sizeof(symbol)))
    return false;
  const dump_record *record = NULL;
  if (coro.start)
    record =
        dump_index_find(dump->index, (dump_wanted){.symbol = symbol,
                                                   .size = coro.size,
                                                   .align = coro.align,
                                                   .descriptor = descriptor});
  return record ? print_elsewhere(dump, (uintptr_t)task.frame, coro.size,
                                  record, name, depth)
                : print_bare(dump, task, &coro, symbol, name, depth);
}

/* Where the optimiser keeps the two halves of a variable by themselves, in any
 * order, the other one is the only other member of that name. */
static bool print_halves(dump *dump, const dump_level *level,
                         const uint8_t *live, uint64_t members, uint64_t number,
                         const char *name, unsigned depth) {
  void *halves[2];
  size_t count = 0;
  for (uint64_t i = 0; i < members; i++) {
    dump_member member;
    if (!live[i] ||
        !dump_find_member(level->record, i, dump_room_of(level), &member) ||
        !member.count || member.size != sizeof(void *))
      continue;
    dump_variable variable = dump_read_variable(&member.variables);
    if (strcmp(variable.type, of_any) != 0 || strcmp(variable.name, name) != 0)
      continue;
    if (count == 2 || (!count && i != number))
      return false;
    memcpy(&halves[count++], level->frame + member.offset, sizeof(void *));
  }
  return count == 2 &&
         (print_any(dump, (coro_any_task){halves[0], halves[1]}, name, depth) ||
          print_any(dump, (coro_any_task){halves[1], halves[0]}, name, depth));
}

/* Where the pointer leads there may be a coro_any_task. */
static bool print_pointed(dump *dump, const char *at, const char *name,
                          unsigned depth) {
  uintptr_t address;
  coro_any_task task;
  memcpy(&address, at, sizeof(address));
  return address % _Alignof(coro_any_task) == 0 &&
         dump_read(dump, address, &task, sizeof(task)) &&
         print_any(dump, task, name, depth);
}

/* Tasks that the frame says where to find. */
static bool print_named(dump *dump, const dump_level *level,
                        const dump_member *member, dump_variable variable,
                        unsigned depth) {
  const char *at = level->frame + member->offset;
  const dump_record *record;
  uintptr_t address;
  coro_any_task task;
  const char *behind = behind_function(dump, level, variable.type, &record);
  if (member->size < sizeof(address))
    return false;
  memcpy(&address, at, sizeof(address));
  if (behind && !strcmp(behind, " *"))
    return print_elsewhere(dump, address, record->size, record, variable.name,
                           depth);
  if (strncmp(variable.type, of_any, sizeof(of_any) - 1) != 0)
    return false;
  behind = variable.type + sizeof(of_any) - 1;
  if (!strcmp(behind, " *"))
    return print_pointed(dump, at, variable.name, depth);
  bool any = false;
  uint64_t count = count_of(behind);
  for (uint64_t i = 0; i < count && (i + 1) * sizeof(task) <= member->size;
       i++) {
    memcpy(&task, at + i * sizeof(task), sizeof(task));
    any |= print_any(dump, task, variable.name, depth);
  }
  return any;
}

static bool print_member(dump *dump, const dump_level *level,
                         const uint8_t *live, uint64_t members, uint64_t number,
                         const dump_member *member, unsigned depth) {
  bool any = false;
  dump_reader variables = member->variables;
  for (uint64_t i = 0; i < member->count; i++) {
    dump_variable variable = dump_read_variable(&variables);
    if (member->size == sizeof(void *) && !strcmp(variable.type, of_any))
      any |= print_halves(dump, level, live, members, number, variable.name,
                          depth);
    else
      any |= print_named(dump, level, member, variable, depth);
  }
  /* A value without a name is often the address of what is waited for. */
  if (!member->count && member->size == sizeof(void *))
    any = print_pointed(dump, level->frame + member->offset, "", depth);
  return any;
}

/* Those in the frame first: others may name the same, and would be believed to
 * be somewhere else. */
bool dump_arms(dump *dump, const dump_level *level, const uint8_t *live,
               uint64_t members, unsigned depth) {
  bool any = false;
  for (int elsewhere = 0; elsewhere < 2 && depth < DUMP_MAX_NESTED; elsewhere++)
    for (uint64_t i = 0; i < members; i++) {
      dump_member member;
      if (!live[i] ||
          !dump_find_member(level->record, i, dump_room_of(level), &member))
        continue;
      if (elsewhere)
        any |= print_member(dump, level, live, members, i, &member, depth);
      else if (member.count)
        any |= print_own(dump, level, &member,
                         dump_read_variable(&member.variables), depth);
    }
  return any;
}
