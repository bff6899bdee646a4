/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The names of functions that helpers ran. A work has the address of one; the
 * program's table of symbols, in its file, has the name. That is looked for
 * once for each function, when the trace is written.
 */
#include "index.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

struct trace_name {
  uintptr_t function;
  char *name;
};

/* Of what coro_offload calls, without what the compiler put behind it. */
static char *look_up(const dump_index *index, uintptr_t function) {
  static const char suffix[] = ".run";
  size_t behind = sizeof(suffix) - 1;
  const char *name = dump_index_symbol(index, function).name;
  size_t length = name ? strlen(name) : 0;
  if (length > behind && !strcmp(name + length - behind, suffix))
    length -= behind;
  return name ? strndup(name, length) : NULL;
}

const char *coro_trace_name_of(trace_names *names, uintptr_t function) {
  for (size_t i = 0; i < names->count; i++)
    if (names->found[i].function == function)
      return names->found[i].name;
  if (!dump_grow((void **)&names->found, &names->room, names->count,
                 sizeof(*names->found)))
    return NULL;
  if (!names->index)
    names->index = dump_index_open();
  char *name = names->index ? look_up(names->index, function) : NULL;
  names->found[names->count++] = (struct trace_name){function, name};
  return name;
}

void coro_trace_names_close(trace_names *names) {
  for (size_t i = 0; i < names->count; i++)
    free(names->found[i].name);
  free(names->found);
  dump_index_close(names->index);
}
