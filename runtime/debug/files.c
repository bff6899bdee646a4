/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#define _GNU_SOURCE
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool inside(const dump_file *file, uint64_t offset, uint64_t size) {
  return offset <= file->size && size <= file->size - offset;
}

/* NULL unless the file has section headers. */
static const ElfW(Shdr) * sections_of(const dump_file *file) {
  const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)file->bytes;
  if (header->e_shentsize != sizeof(ElfW(Shdr)) ||
      !inside(file, header->e_shoff,
              (uint64_t)header->e_shnum * sizeof(ElfW(Shdr))) ||
      header->e_shoff % _Alignof(ElfW(Shdr)) ||
      header->e_shstrndx >= header->e_shnum)
    return NULL;
  return (const ElfW(Shdr) *)(file->bytes + header->e_shoff);
}

static bool is_program(const dump_file *file) {
  const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)file->bytes;
  return header && inside(file, 0, sizeof(*header)) &&
         memcmp(header->e_ident, ELFMAG, SELFMAG) == 0 &&
         header->e_ident[EI_CLASS] ==
             (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32);
}

static int map(int fd, dump_file *file) {
  struct stat status = {0};
  if (fstat(fd, &status) != 0)
    return errno;
  if (status.st_size <= 0)
    return ENOEXEC;
  size_t size = (size_t)status.st_size;
  void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (bytes == MAP_FAILED)
    return errno;
  *file = (dump_file){bytes, size};
  return 0;
}

int dump_file_open(const char *path, dump_file *file) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return errno;
  int error = map(fd, file);
  close(fd);
  if (error || is_program(file))
    return error;
  dump_file_close(file);
  return ENOEXEC;
}

void dump_file_close(dump_file *file) {
  if (file->bytes)
    munmap((void *)file->bytes, file->size);
  file->bytes = NULL;
}

dump_piece dump_file_section(const dump_file *file, const char *name) {
  const dump_piece none = {NULL, 0, false};
  const ElfW(Shdr) *sections = file->bytes ? sections_of(file) : NULL;
  if (!sections)
    return none;
  const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)file->bytes;
  const ElfW(Shdr) *names = &sections[header->e_shstrndx];
  size_t length = strlen(name) + 1;
  if (!inside(file, names->sh_offset, names->sh_size))
    return none;
  for (size_t i = 0; i < header->e_shnum; i++) {
    const ElfW(Shdr) *at = &sections[i];
    if (at->sh_name < names->sh_size &&
        names->sh_size - at->sh_name >= length &&
        memcmp(file->bytes + names->sh_offset + at->sh_name, name, length) ==
            0 &&
        at->sh_type != SHT_NOBITS && inside(file, at->sh_offset, at->sh_size))
      return (dump_piece){file->bytes + at->sh_offset, at->sh_size,
                          at->sh_flags & SHF_COMPRESSED};
  }
  return none;
}

bool dump_file_is_loaded(const dump_file *file,
                         const struct dl_phdr_info *info) {
  const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)file->bytes;
  uint64_t size = (uint64_t)info->dlpi_phnum * sizeof(ElfW(Phdr));
  if (header->e_phnum != info->dlpi_phnum ||
      !inside(file, header->e_phoff, size) ||
      memcmp(file->bytes + header->e_phoff, info->dlpi_phdr, size) != 0)
    return false;
  for (size_t i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *at = &info->dlpi_phdr[i];
    if (at->p_type != PT_NOTE)
      continue;
    if (!inside(file, at->p_offset, at->p_filesz) ||
        memcmp(file->bytes + at->p_offset,
               (const void *)(info->dlpi_addr + at->p_vaddr),
               at->p_filesz) != 0)
      return false;
  }
  return true;
}

/* The whole note, whose last bytes are the ID. */
static dump_piece build_id(const dump_file *file) {
  return dump_file_section(file, ".note.gnu.build-id");
}

/* One with the same build ID, and with anything to tell. */
static bool open_matching(const char *path, const dump_file *file,
                          dump_file *debug) {
  if (dump_file_open(path, debug))
    return false;
  dump_piece own = build_id(file), its = build_id(debug);
  if (own.at && its.at && own.size == its.size &&
      memcmp(own.at, its.at, own.size) == 0)
    return true;
  dump_file_close(debug);
  return false;
}

bool dump_file_open_debug(const char *path, const dump_file *file,
                          dump_file *debug) {
  char found[PATH_MAX];
  dump_piece id = build_id(file);
  enum { NOTE = sizeof(ElfW(Nhdr)) + sizeof("GNU") };
  if (!id.at || id.size <= NOTE + 1 || id.size > NOTE + 64)
    return false;
  dump_piece link = dump_file_section(file, ".gnu_debuglink");
  const char *slash = strrchr(path, '/');
  int directory = slash ? (int)(slash - path) + 1 : 0;
  static const char *const places[] = {"%.*s%s", "%.*s.debug/%s",
                                       "/usr/lib/debug%.*s%s"};
  for (size_t i = 0; link.at && i < sizeof(places) / sizeof(*places); i++) {
    if (!memchr(link.at, 0, link.size))
      break;
    int length = snprintf(found, sizeof(found), places[i], directory, path,
                          (const char *)link.at);
    if (length < (int)sizeof(found) && strcmp(found, path) != 0 &&
        open_matching(found, file, debug))
      return true;
  }
  int used = snprintf(found, sizeof(found), "/usr/lib/debug/.build-id/%02x/",
                      (unsigned)id.at[NOTE]);
  for (size_t i = NOTE + 1; i < id.size; i++)
    used += snprintf(found + used, sizeof(found) - (size_t)used, "%02x",
                     (unsigned)id.at[i]);
  snprintf(found + used, sizeof(found) - (size_t)used, ".debug");
  return open_matching(found, file, debug);
}
