/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Signals as something to wait for. Compiled twice, as fd.c. */
#define _GNU_SOURCE
#include "io.h"

#include <errno.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* Its number, -EAGAIN, or another -errno. */
CORO_ALLOW("coro-blocking-call") /* SFD_NONBLOCK */
static int try_take(int fd) {
  struct signalfd_siginfo info;
  ssize_t size = read(fd, &info, sizeof(info));
  if (size < 0)
    return -errno;
  return size == sizeof(info) ? (int)info.ssi_signo : -EIO;
}

static void close_file(int *fd) {
  if (*fd >= 0)
    close(*fd);
}

/*
 * The signalfd lives for one call: a signal that comes between two calls stays
 * pending, because it is blocked, and the next signalfd sees it.
 */
yields int coro_wait_signal(const sigset_t *set) {
  if (!coro_spend(coro_self()))
    coro_yield_now();
  __attribute__((cleanup(close_file))) int fd =
      signalfd(-1, set, SFD_NONBLOCK | SFD_CLOEXEC);
  if (fd < 0)
    return -errno;
  int taken = try_take(fd);
  while (taken == -EAGAIN || taken == -EINTR) {
    int ready = coro_wait_fd(fd, CORO_READABLE);
    taken = ready < 0 ? ready : try_take(fd);
  }
  return taken;
}
