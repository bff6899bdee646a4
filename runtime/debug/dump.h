/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What the files of coro_dump share: the text, and one task's part of it. */
#ifndef CORO_DEBUG_DUMP_H
#define CORO_DEBUG_DUMP_H

#include "records.h"

#include <coro/executor.h>

/* Text on its way to a file descriptor. */
typedef struct dump_text {
  int fd;
  size_t used;
  char buffer[4096];
} dump_text;

__attribute__((format(printf, 2, 3))) void dump_print(dump_text *text,
                                                      const char *format, ...);
void dump_flush(dump_text *text);

/* A waker in a variable of the program's: whose it is, and where. */
typedef struct dump_kept {
  uintptr_t run, at;
} dump_kept;

/* More tasks than a task can name and anybody wants to read of. */
enum { DUMP_MAX_ARMS = 100 };

typedef struct dump {
  dump_text text;
  dump_index *index;             /* NULL where there is no memory */
  const coro_executor *executor; /* NULL for a task by itself */
  const coro_runnable *run;      /* whose task is written; NULL as before */
  const void *named; /* the last address that was written, and its name */
  dump_symbol name;
  uintptr_t told;    /* the future that this task was said to wait for */
  ptrdiff_t moved;   /* what is added to addresses in this frame, a copy */
  int memory;        /* the process's own, to read; below 0 where that fails */
  const void *frame; /* the outermost of the task that is written */
  size_t frame_size;
  const void *kept_of; /* the operations that these wakers have */
  dump_kept *kept;     /* sorted by whose they are */
  size_t kept_count, kept_room;
  size_t arm_count;
  uintptr_t arms[DUMP_MAX_ARMS]; /* frames that were written with this task's */
} dump;

void dump_memory_open(dump *dump);
void dump_memory_close(dump *dump);

/* Copies what may not be there; false if it is not. */
bool dump_read(const dump *dump, uintptr_t from, void *to, size_t size);

/* The same of a descriptor and its name; false for anything else. */
bool dump_read_descriptor(const dump *dump, uintptr_t from,
                          coro_descriptor *coro, char *name, size_t size);

/* coro_dump on request: says of which thread. Such dumps come one by one. */
void dump_of_thread(const coro_executor *executor, int fd);

/* Seconds. */
void dump_time(dump *dump, const char *before, uint64_t ns);

/* The address of something, and the program's variable that it is in. */
void dump_address(dump *dump, const void *address);

/* The number under which a job is listed, 0 if it is not. */
size_t dump_number_of(const coro_executor *executor, const coro_job *job);

/* Its calls that are suspended, the outermost first, a line for each. */
void dump_calls(dump *dump, coro_any_task task);

/* The waker is that of the task that is written. */
bool dump_is_ours(const dump *dump, coro_waker waker);

/* As dump_waits, of a future that this task may be waiting for and that may not
 * be there: a scope, a spawned task, or a work. */
bool dump_future(dump *dump, uintptr_t address);

/* As dump_future, of a coro_operation. */
bool dump_operation(dump *dump, uintptr_t address);

/* For a task of which nothing is known that it waits for: a line for each
 * variable of the program's that has its waker. */
void dump_statics(dump *dump, unsigned indent);
void dump_statics_close(dump *dump);

/* What a suspended frame has in its variables that this task waits for: goes on
 * with the line. True if it was anything. live has a byte for each member. */
bool dump_waits(dump *dump, const char *frame, size_t room,
                const dump_record *record, const uint8_t *live,
                uint64_t members);

#endif
