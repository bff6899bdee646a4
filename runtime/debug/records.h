/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The frame records of the running program (docs/abi.md): found by symbol, and
 * read in place from its mapped files. What is damaged is read as if there were
 * no more of it: nothing outside of the section is touched.
 */
#ifndef CORO_DEBUG_RECORDS_H
#define CORO_DEBUG_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is left to read of a record. */
typedef struct dump_reader {
  const uint8_t *at, *end;
  const char *strings; /* the record's; ends in 0 unless it is empty */
  size_t strings_size;
} dump_reader;

typedef struct dump_record {
  const char *symbol, *unit; /* the source file that was compiled */
  bool local;                /* to the unit: others may have the same name */
  size_t module;             /* a number for each file that is loaded */
  uint64_t size, align, state_bytes;
  uint64_t limit;      /* 1 + N of coro_frame(N); 0: none */
  dump_reader members; /* at their number */
} dump_record;

enum { DUMP_MEMBER_FRAME = 3 };

typedef struct dump_member {
  uint64_t kind, offset, size;
  const char *name;      /* of a frame: the callee */
  uint64_t count;        /* of its variables */
  dump_reader variables; /* the first */
} dump_member;

typedef struct dump_variable {
  const char *name, *type;
} dump_variable;

typedef struct dump_place {
  const char *function, *file; /* empty where not known */
  uint64_t line;
} dump_place;

typedef struct dump_suspension {
  uint64_t state, states;
  const char *callee;  /* empty: none */
  uint64_t child;      /* 1 + the number of its member; 0: none */
  bool boxed;          /* which is its address */
  uint64_t descriptor; /* 1 + the member that points to it; 0: see callee */
  bool only;           /* the function has no other */
  uint64_t count;      /* of its places, the innermost first */
  dump_reader places;
} dump_suspension;

typedef struct dump_index dump_index;

/* Reads what can be read of the program and its libraries; NULL if there is no
 * memory. */
dump_index *dump_index_open(void);
void dump_index_close(dump_index *index);

/* Whose record is to be found. Several functions may have its name. */
typedef struct dump_wanted {
  const char *symbol;
  const dump_record *user; /* it is its callee; NULL where nobody knows */
  uint64_t size, align;    /* of its frame; size 0: any */
  uintptr_t descriptor;    /* where that is; 0 where nobody knows */
} dump_wanted;

/* NULL if there is none. */
const dump_record *dump_index_find(const dump_index *index, dump_wanted wanted);

/* What is at an address, if the program was not stripped; file is NULL for what
 * is known to others than its unit. */
typedef struct dump_symbol {
  const char *name, *file;
  size_t offset; /* from its beginning */
} dump_symbol;
dump_symbol dump_index_symbol(const dump_index *index, uintptr_t address);

/* The global or static variable that this address is in; its name is NULL if
 * that is not known. */
dump_symbol dump_index_variable(const dump_index *index, uintptr_t address);

/* Why records that were asked for are missing in the module of this number, and
 * the module's path: empty if none are, NULL if there is no such module. */
const char *dump_index_trouble(const dump_index *index, size_t number,
                               const char **path);

dump_member dump_read_member(dump_reader *reader);
dump_variable dump_read_variable(dump_reader *reader);
dump_place dump_read_place(dump_reader *reader);
uint64_t dump_read_number(dump_reader *reader);
const char *dump_read_text(dump_reader *reader);

/* The member of this number; false if there is none within the first `room`
 * bytes of the frame: a call's may have fewer than the record says of a task.
 */
bool dump_find_member(const dump_record *record, uint64_t number, size_t room,
                      dump_member *member);

/*
 * The suspension of a state; false if there is none. *live is then an array of
 * a byte for each member, 1 if it is kept there, to be freed; NULL if there is
 * no memory for it. *members is their number.
 */
bool dump_find_suspension(const dump_record *record, uint64_t state,
                          dump_suspension *found, uint8_t **live,
                          uint64_t *members);

#endif
