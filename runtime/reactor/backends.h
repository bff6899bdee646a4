/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* One row for each backend, the best first: pick.c is the only reader. */
#ifndef CORO_BACKENDS_H
#define CORO_BACKENDS_H

#include <coro/reactor.h>

/* A reactor, or NULL and a negative errno value in *error. */
coro_reactor *coro_epoll_open(int *error);

#define CORO_REACTOR_BACKENDS(ROW) ROW("epoll", coro_epoll_open)

#endif
