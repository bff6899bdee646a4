/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Chooses a backend at run time: the first that opens, or the one asked for. */
#include "backends.h"

#include <coro/io.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct backend {
  const char *name;
  coro_reactor *(*open)(int *error);
};

#define ROW(name, open) {name, open},
static const struct backend backends[] = {CORO_REACTOR_BACKENDS(ROW)};
#undef ROW

coro_reactor *coro_reactor_open(int *error) {
  const char *wanted = getenv("CORO_REACTOR");
  if (wanted && !*wanted)
    wanted = NULL;
  *error = wanted ? -EINVAL : -ENOSYS;
  for (size_t i = 0; i < sizeof(backends) / sizeof(backends[0]); i++) {
    if (wanted && strcmp(wanted, backends[i].name) != 0)
      continue;
    coro_reactor *reactor = backends[i].open(error);
    if (reactor) {
      *error = 0;
      return reactor;
    }
  }
  return NULL;
}

void coro_reactor_close(coro_reactor *reactor) {
  if (reactor)
    reactor->ops->close(reactor);
}

const char *coro_reactor_name(const coro_reactor *reactor) {
  return reactor->ops->name;
}
