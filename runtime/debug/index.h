/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What modules.c and index.c share: all that a dump knows of the program's
 * files. */
#ifndef CORO_DEBUG_INDEX_H
#define CORO_DEBUG_INDEX_H

#include "files.h"
#include "records.h"

/* The program, or a library it has loaded. */
typedef struct dump_module {
  size_t number; /* among the modules */
  char *path;
  uintptr_t base, low, high; /* it is in [low, high) */
  dump_file file;
  dump_file debug;    /* what was stripped off it, where that was found */
  size_t records;     /* that it gave */
  int error;          /* an errno: its file cannot be read */
  bool changed;       /* the file is another one by now */
  bool compressed;    /* its records are */
  unsigned version;   /* of records that are not read; 0: none */
  bool missed_record; /* somebody asked for one that it does not have */
} dump_module;

struct dump_index {
  dump_module *modules;
  size_t module_count, module_room;
  dump_record *records; /* sorted by symbol */
  size_t count, room;
};

/* Room for one more; false if there is no memory. */
bool dump_grow(void **array, size_t *room, size_t count, size_t size);

/* Adds those of a section; what is damaged ends it. */
void dump_add_records(dump_index *index, dump_module *module,
                      dump_piece section);

/* What an address is in; NULL if it is in none. */
dump_module *dump_module_of(const dump_index *index, uintptr_t address);

void dump_modules_open(dump_index *index);
void dump_modules_close(dump_index *index);

#endif
