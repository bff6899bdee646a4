/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* A table of all records, sorted by symbol, is all that is made of them. */
#include "index.h"

#include <coro/abi.h>
#include <stdlib.h>
#include <string.h>

/* Room for one more; false if there is no memory. */
bool dump_grow(void **array, size_t *room, size_t count, size_t size) {
  if (count < *room)
    return true;
  size_t more = *room ? 2 * *room : 16;
  void *bigger = realloc(*array, more * size);
  if (!bigger)
    return false;
  *array = bigger;
  *room = more;
  return true;
}

/* The fields before the members, in their order. */
static void add_record(dump_index *index, const dump_module *module,
                       dump_reader reader) {
  uint64_t size = dump_read_number(&reader);
  if (size > (uint64_t)(reader.end - reader.at))
    return;
  reader.strings = (const char *)reader.at;
  reader.at += size;
  if (!size || reader.at[-1]) /* texts end inside */
    return;
  reader.strings_size = size;
  if (!dump_grow((void **)&index->records, &index->room, index->count,
                 sizeof(dump_record)))
    return;
  dump_record record = {.module = module->number};
  record.symbol = dump_read_text(&reader);
  dump_read_place(&reader);
  record.unit = dump_read_text(&reader);
  record.local = dump_read_number(&reader) != 0;
  record.size = dump_read_number(&reader);
  record.align = dump_read_number(&reader);
  record.state_bytes = dump_read_number(&reader);
  enum { MOST_ALIVE = 1, EXCHANGED = 3 * 2 };
  for (int i = 0; i < MOST_ALIVE; i++)
    dump_read_number(&reader);
  record.limit = dump_read_number(&reader);
  for (int i = 0; i < EXCHANGED; i++)
    dump_read_number(&reader);
  record.members = reader;
  if (record.state_bytes < 1 || record.state_bytes > 4 ||
      record.size < record.state_bytes)
    return;
  index->records[index->count++] = record;
}

void dump_add_records(dump_index *index, dump_module *module,
                      dump_piece section) {
  static const char magic[4] = {'c', 'o', 'r', 'o'};
  dump_reader reader = {section.at, section.at + section.size, NULL, 0};
  size_t before = index->count;
  while (reader.at < reader.end) {
    if (!*reader.at) { /* the linker aligned what follows */
      reader.at++;
      continue;
    }
    if ((size_t)(reader.end - reader.at) < sizeof(magic) + 1 ||
        memcmp(reader.at, magic, sizeof(magic)) != 0)
      break;
    uint8_t version = reader.at[sizeof(magic)];
    reader.at += sizeof(magic) + 1;
    uint64_t length = dump_read_number(&reader);
    if (length > (uint64_t)(reader.end - reader.at))
      break;
    dump_reader body = {reader.at, reader.at + length, NULL, 0};
    if (version == CORO_RECORD_VERSION)
      add_record(index, module, body);
    else
      module->version = version;
    reader.at += length;
  }
  module->records += index->count - before;
}

static int by_symbol(const void *one, const void *other) {
  return strcmp(((const dump_record *)one)->symbol,
                ((const dump_record *)other)->symbol);
}

dump_index *dump_index_open(void) {
  dump_index *index = calloc(1, sizeof(*index));
  if (!index)
    return NULL;
  dump_modules_open(index);
  if (index->count)
    qsort(index->records, index->count, sizeof(dump_record), by_symbol);
  return index;
}

void dump_index_close(dump_index *index) {
  if (!index)
    return;
  dump_modules_close(index);
  free(index->records);
  free(index);
}

/* The first of its name; the number of records where there is none. */
static size_t first_of(const dump_index *index, const char *symbol) {
  size_t low = 0, high = index->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (strcmp(index->records[middle].symbol, symbol) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

/* A descriptor says what coro_frame(N) promises, where there is one. */
static bool has_size(const dump_record *record, uint64_t size, uint64_t align) {
  return record->limit ? size >= record->size && align >= record->align
                       : size == record->size && align == record->align;
}

/* How well a record fits; 0: not at all. `file` is NULL where it is not known.
 */
static int fits(const dump_record *record, const dump_wanted *wanted,
                const dump_module *module, const char *file) {
  if (wanted->size && !has_size(record, wanted->size, wanted->align))
    return 0;
  if (module && record->module != module->number)
    return 0;
  int how = record->local ? 1 : 2;
  if (file && !strcmp(base_name(record->unit), base_name(file)))
    how += 4;
  if (wanted->user && record->module == wanted->user->module)
    how += strcmp(record->unit, wanted->user->unit) ? 4 : 8;
  return how;
}

static const dump_record *best(const dump_index *index,
                               const dump_wanted *wanted,
                               const dump_module *module, const char *file,
                               size_t *count) {
  const dump_record *found = NULL;
  int most = 0;
  *count = 0;
  for (size_t i = first_of(index, wanted->symbol); i < index->count; i++) {
    const dump_record *record = &index->records[i];
    if (strcmp(record->symbol, wanted->symbol) != 0)
      break;
    int how = fits(record, wanted, module, file);
    *count += how > 0;
    if (how > most) {
      most = how;
      found = record;
    }
  }
  return found;
}

const dump_record *dump_index_find(const dump_index *index,
                                   dump_wanted wanted) {
  if (!index)
    return NULL;
  dump_module *module = dump_module_of(index, wanted.descriptor);
  size_t count;
  const dump_record *found = best(index, &wanted, module, NULL, &count);
  if (count > 1 && module) { /* static functions of several units */
    const char *file = dump_index_symbol(index, wanted.descriptor).file;
    found = best(index, &wanted, module, file, &count);
  }
  if (!found && module)
    module->missed_record = true;
  return found;
}
