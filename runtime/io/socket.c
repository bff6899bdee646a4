/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Accepting and connecting. Compiled twice, as fd.c. */
#define _GNU_SOURCE
#include "io.h"

#include <errno.h>
#include <fcntl.h>

/* 0 or -errno. */
static int make_nonblocking(int fd) {
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0)
    return -errno;
  if (flags & O_NONBLOCK)
    return 0;
  return fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 ? -errno : 0;
}

CORO_ALLOW("coro-blocking-call") /* O_NONBLOCK is set */
static int try_accept(int fd) {
  int error = make_nonblocking(fd);
  if (error)
    return error;
  int accepted;
  do
    accepted = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  while (accepted < 0 && (errno == EINTR || errno == ECONNABORTED));
  return accepted < 0 ? -errno : accepted;
}

yields int coro_accept(int fd) {
  if (!coro_spend(coro_self()))
    coro_yield_now();
  for (;;) {
    int accepted = try_accept(fd);
    if (accepted != -EAGAIN)
      return accepted;
    int ready = coro_wait_fd(fd, CORO_READABLE);
    if (ready < 0)
      return ready;
  }
}

/* 0, -EINPROGRESS where it has to be waited for, or another -errno. */
CORO_ALLOW("coro-blocking-call") /* O_NONBLOCK is set */
static int begin_connect(int fd, const struct sockaddr *addr, socklen_t len) {
  int error = make_nonblocking(fd);
  if (error)
    return error;
  if (connect(fd, addr, len) == 0)
    return 0;
  /* An interrupted connect goes on by itself, like one in progress. */
  return errno == EINTR ? -EINPROGRESS : -errno;
}

/* What a connect that is over has come to. */
static int connect_result(int fd) {
  int error = 0;
  socklen_t size = sizeof(error);
  if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
    return -errno;
  return -error;
}

yields int coro_connect(int fd, const struct sockaddr *addr, socklen_t len) {
  if (!coro_spend(coro_self()))
    coro_yield_now();
  int error = begin_connect(fd, addr, len);
  if (error != -EINPROGRESS)
    return error;
  int ready = 0;
  while (ready == 0) {
    ready = coro_wait_fd(fd, CORO_WRITABLE);
    /* Until it is writable, SO_ERROR says 0: so this has to be true. */
    if (ready > 0)
      ready = coro_fd_poll(fd, CORO_WRITABLE, 0);
  }
  return ready < 0 ? ready : connect_result(fd);
}
