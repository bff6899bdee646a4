/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What the files of this folder share: the public words and the seam below. */
#ifndef CORO_RUNTIME_IO_H
#define CORO_RUNTIME_IO_H

#include <coro/reactor.h>

#include <coro/coro.h>
#include <coro/io.h>

/*
 * What poll(2) says about fd after so many milliseconds at most, -1 for ever:
 * which of events it is ready for, 0 where it is for none, or -errno.
 */
int coro_fd_poll(int fd, unsigned events, int milliseconds);

#endif
