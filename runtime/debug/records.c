/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Reads frame records. lib/Analysis/EncodeFrame.cpp writes them;
 * tools/coro_frames/records.py reads them, too. */
#include "records.h"

#include <stdlib.h>
#include <string.h>

/* A number of 10 bytes or more has bits that no number here has. */
enum { SHIFT_LIMIT = 63 };

uint64_t dump_read_number(dump_reader *reader) {
  uint64_t value = 0;
  for (unsigned shift = 0; reader->at < reader->end; shift += 7) {
    uint8_t byte = *reader->at++;
    if (shift < SHIFT_LIMIT)
      value |= (uint64_t)(byte & 127) << shift;
    if (byte < 128)
      return value;
  }
  return 0;
}

const char *dump_read_text(dump_reader *reader) {
  uint64_t start = dump_read_number(reader);
  return start < reader->strings_size ? reader->strings + start : "";
}

/* A count of things that take a byte each at least: no loop over a damaged
 * record is longer than the record. */
static uint64_t read_count(dump_reader *reader) {
  uint64_t count = dump_read_number(reader);
  uint64_t left = (uint64_t)(reader->end - reader->at);
  return count < left ? count : left;
}

dump_place dump_read_place(dump_reader *reader) {
  dump_place place;
  place.function = dump_read_text(reader);
  place.file = dump_read_text(reader);
  place.line = dump_read_number(reader);
  dump_read_number(reader); /* the column */
  return place;
}

dump_variable dump_read_variable(dump_reader *reader) {
  dump_variable variable;
  variable.name = dump_read_text(reader);
  variable.type = dump_read_text(reader);
  dump_read_place(reader);
  return variable;
}

dump_member dump_read_member(dump_reader *reader) {
  dump_member member;
  member.kind = dump_read_number(reader);
  member.name = dump_read_text(reader);
  member.offset = dump_read_number(reader);
  member.size = dump_read_number(reader);
  dump_read_number(reader); /* its alignment */
  dump_read_number(reader); /* the line */
  member.count = read_count(reader);
  member.variables = *reader;
  for (uint64_t i = 0; i < member.count; i++)
    dump_read_variable(reader);
  return member;
}

bool dump_find_member(const dump_record *record, uint64_t number, size_t room,
                      dump_member *member) {
  dump_reader reader = record->members;
  uint64_t count = read_count(&reader);
  uint64_t size = record->size < room ? record->size : room;
  if (number >= count)
    return false;
  for (uint64_t i = 0; i <= number; i++)
    *member = dump_read_member(&reader);
  return member->offset <= size && member->size <= size - member->offset;
}

static dump_suspension read_suspension(dump_reader *reader, uint8_t *live,
                                       uint64_t members) {
  dump_suspension found;
  found.state = dump_read_number(reader);
  found.states = dump_read_number(reader);
  found.callee = dump_read_text(reader);
  found.child = dump_read_number(reader);
  found.boxed = dump_read_number(reader) != 0;
  found.descriptor = dump_read_number(reader);
  found.count = read_count(reader);
  found.places = *reader;
  for (uint64_t i = 0; i < found.count; i++)
    dump_read_place(reader);
  uint64_t changed = read_count(reader);
  for (uint64_t i = 0; i < changed; i++) {
    uint64_t number = dump_read_number(reader);
    if (live && number < members)
      live[number] ^= 1;
  }
  return found;
}

bool dump_find_suspension(const dump_record *record, uint64_t state,
                          dump_suspension *found, uint8_t **live,
                          uint64_t *members) {
  dump_reader reader = record->members;
  *members = read_count(&reader);
  for (uint64_t i = 0; i < *members; i++)
    dump_read_member(&reader);
  *live = calloc(*members + 1, 1);
  uint64_t count = read_count(&reader);
  for (uint64_t i = 0; i < count; i++) {
    *found = read_suspension(&reader, *live, *members);
    found->only = count == 1;
    uint64_t states = found->states ? found->states : 1;
    if (state >= found->state && state - found->state < states)
      return true;
  }
  free(*live);
  *live = NULL;
  return false;
}
