/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* ELF files of this machine's kind, mapped. Nothing outside of them is touched,
 * whatever their headers say. */
#ifndef CORO_DEBUG_FILES_H
#define CORO_DEBUG_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dl_phdr_info;

typedef struct dump_file {
  const uint8_t *bytes; /* NULL: none */
  size_t size;
} dump_file;

/* A piece of a file; at is NULL where there is none. */
typedef struct dump_piece {
  const uint8_t *at;
  size_t size;
  bool compressed;
} dump_piece;

/* 0, or an errno: ENOEXEC for what is no such file. */
int dump_file_open(const char *path, dump_file *file);
void dump_file_close(dump_file *file);

dump_piece dump_file_section(const dump_file *file, const char *name);

/* The file's program headers, info->dlpi_phnum of them, and its notes, with the
 * build ID, are those that were loaded. */
bool dump_file_is_loaded(const dump_file *file,
                         const struct dl_phdr_info *info);

/*
 * What was stripped off it, in a file of its own: beside it, in .debug there or
 * in /usr/lib/debug, as its .gnu_debuglink or its build ID names it. False if
 * there is none that belongs to it.
 */
bool dump_file_open_debug(const char *path, const dump_file *file,
                          dump_file *debug);

#endif
