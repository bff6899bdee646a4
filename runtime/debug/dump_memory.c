/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What pointers in frames lead to. A frame is read where a record says, and
 * that may be damaged, so no pointer is followed before the kernel has said
 * that there is memory: a read of /proc/self/mem fails where a load would
 * fault.
 */
#define _GNU_SOURCE
#include "dump.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void dump_memory_open(dump *dump) {
  dump->memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
}

void dump_memory_close(dump *dump) {
  if (dump->memory >= 0)
    close(dump->memory);
}

bool dump_read(const dump *dump, uintptr_t from, void *to, size_t size) {
  char *at = to;
  while (size) {
    ssize_t got =
        from > INTPTR_MAX ? -1 : pread(dump->memory, at, size, (off_t)from);
    if (got <= 0)
      return false;
    at += got;
    from += (size_t)got;
    size -= (size_t)got;
  }
  return true;
}

/* Byte by byte: the text may end with the last page that is there. */
static bool read_text(const dump *dump, uintptr_t from, char *to, size_t size) {
  for (size_t i = 0; i < size; i++) {
    if (!dump_read(dump, from + i, to + i, 1) || (to[i] && to[i] < ' '))
      return false;
    if (!to[i])
      return i > 0;
  }
  return false;
}

bool dump_read_descriptor(const dump *dump, uintptr_t from,
                          coro_descriptor *coro, char *name, size_t size) {
  if (from % _Alignof(coro_descriptor) ||
      !dump_read(dump, from, coro, sizeof(*coro)) ||
      coro->abi != CORO_ABI_VERSION || !coro->poll)
    return false;
  return read_text(dump, (uintptr_t)coro->name, name, size);
}
