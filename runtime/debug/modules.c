/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Finds the section .debug_coro of the program and of the libraries it has
 * loaded. The section is in their files only, so the files are mapped, until
 * the index is closed; a table of the records, sorted by symbol, is all that is
 * made of it.
 */
#define _GNU_SOURCE
#include "records.h"

#include <coro/abi.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct mapped {
  const uint8_t *bytes;
  size_t size;
} mapped;

struct dump_index {
  mapped *files;
  size_t file_count, file_room;
  dump_record *records;
  size_t count, room;
};

/* Room for one more; false if there is no memory. */
static bool grow(void **array, size_t *room, size_t count, size_t size) {
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
static void add_record(dump_index *index, dump_reader reader) {
  uint64_t size = dump_read_number(&reader);
  if (size > (uint64_t)(reader.end - reader.at))
    return;
  reader.strings = (const char *)reader.at;
  reader.at += size;
  if (!size || reader.at[-1]) /* texts end inside */
    return;
  reader.strings_size = size;
  if (!grow((void **)&index->records, &index->room, index->count,
            sizeof(dump_record)))
    return;
  dump_record record;
  record.symbol = dump_read_text(&reader);
  dump_read_place(&reader);
  record.size = dump_read_number(&reader);
  record.align = dump_read_number(&reader);
  record.state_bytes = dump_read_number(&reader);
  enum { MOST_ALIVE = 1, LIMIT = 1, EXCHANGED = 3 * 2 };
  for (int i = 0; i < MOST_ALIVE + LIMIT + EXCHANGED; i++)
    dump_read_number(&reader);
  record.members = reader;
  if (record.state_bytes < 1 || record.state_bytes > 4 ||
      record.size < record.state_bytes)
    return;
  index->records[index->count++] = record;
}

static void add_section(dump_index *index, const uint8_t *at, size_t size) {
  static const char magic[4] = {'c', 'o', 'r', 'o'};
  dump_reader reader = {at, at + size, NULL, 0};
  while (reader.at < reader.end) {
    if (!*reader.at) { /* the linker aligned what follows */
      reader.at++;
      continue;
    }
    if ((size_t)(reader.end - reader.at) < sizeof(magic) + 1 ||
        memcmp(reader.at, magic, sizeof(magic)) != 0)
      return;
    uint8_t version = reader.at[sizeof(magic)];
    reader.at += sizeof(magic) + 1;
    uint64_t length = dump_read_number(&reader);
    if (length > (uint64_t)(reader.end - reader.at))
      return;
    dump_reader body = {reader.at, reader.at + length, NULL, 0};
    if (version == CORO_RECORD_VERSION)
      add_record(index, body);
    reader.at += length;
  }
}

static bool inside(const mapped *file, uint64_t offset, uint64_t size) {
  return offset <= file->size && size <= file->size - offset;
}

/* Program files of the running machine's kind: what was loaded is one. */
static void add_sections(dump_index *index, const mapped *file) {
  const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)file->bytes;
  if (!inside(file, 0, sizeof(*header)) ||
      memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
      header->e_shentsize != sizeof(ElfW(Shdr)) ||
      !inside(file, header->e_shoff,
              (uint64_t)header->e_shnum * sizeof(ElfW(Shdr))) ||
      header->e_shstrndx >= header->e_shnum)
    return;
  const ElfW(Shdr) *sections =
      (const ElfW(Shdr) *)(file->bytes + header->e_shoff);
  const ElfW(Shdr) *names = &sections[header->e_shstrndx];
  if (!inside(file, names->sh_offset, names->sh_size))
    return;
  static const char wanted[] = ".debug_coro";
  for (size_t i = 0; i < header->e_shnum; i++) {
    const ElfW(Shdr) *section = &sections[i];
    if (section->sh_name >= names->sh_size ||
        names->sh_size - section->sh_name < sizeof(wanted) ||
        memcmp(file->bytes + names->sh_offset + section->sh_name, wanted,
               sizeof(wanted)) != 0)
      continue;
    if (!(section->sh_flags & SHF_COMPRESSED) &&
        inside(file, section->sh_offset, section->sh_size))
      add_section(index, file->bytes + section->sh_offset, section->sh_size);
  }
}

static bool map_file(const char *path, mapped *file) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return false;
  struct stat status = {0};
  void *bytes = MAP_FAILED;
  if (fstat(fd, &status) == 0 && status.st_size > 0)
    bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  close(fd);
  *file = (mapped){bytes, (size_t)status.st_size};
  return bytes != MAP_FAILED;
}

static int add_module(struct dl_phdr_info *info, size_t size, void *user) {
  (void)size;
  dump_index *index = user;
  /* The program itself has no name here, and so may the kernel's page. */
  const char *path = *info->dlpi_name    ? info->dlpi_name
                     : index->file_count ? NULL
                                         : "/proc/self/exe";
  mapped file;
  if (!path ||
      !grow((void **)&index->files, &index->file_room, index->file_count,
            sizeof(mapped)) ||
      !map_file(path, &file))
    return 0;
  index->files[index->file_count++] = file;
  add_sections(index, &file);
  return 0;
}

static int by_symbol(const void *one, const void *other) {
  return strcmp(((const dump_record *)one)->symbol,
                ((const dump_record *)other)->symbol);
}

dump_index *dump_index_open(void) {
  dump_index *index = calloc(1, sizeof(*index));
  if (!index)
    return NULL;
  dl_iterate_phdr(add_module, index);
  if (index->count)
    qsort(index->records, index->count, sizeof(dump_record), by_symbol);
  return index;
}

void dump_index_close(dump_index *index) {
  if (!index)
    return;
  for (size_t i = 0; i < index->file_count; i++)
    munmap((void *)index->files[i].bytes, index->files[i].size);
  free(index->files);
  free(index->records);
  free(index);
}

bool dump_index_has_any(const dump_index *index) {
  return index && index->count;
}

const dump_record *dump_index_find(const dump_index *index, const char *symbol,
                                   uint64_t size, uint64_t align) {
  if (!dump_index_has_any(index))
    return NULL;
  size_t low = 0, high = index->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (strcmp(index->records[middle].symbol, symbol) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < index->count && !strcmp(index->records[low].symbol, symbol);
       low++) {
    const dump_record *record = &index->records[low];
    if (!size || (record->size == size && record->align == align))
      return record;
  }
  return NULL;
}
