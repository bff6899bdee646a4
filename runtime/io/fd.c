/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Waiting for a file, reading and writing it. Compiled twice: with the plugin,
 * and with CORO_ERASE_EFFECTS, where no context has a reactor and all of this
 * blocks.
 *
 * Frames hold the wait node and little else, so each operation is: try without
 * blocking (a plain function), wait, repeat.
 */
#define _GNU_SOURCE
#include "io.h"

#include <coro/executor.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <unistd.h>

/* Blocks where it is asked to, which is where there is no reactor. */
CORO_ALLOW("coro-blocking-call")
int coro_fd_poll(int fd, unsigned events, int milliseconds) {
  short wanted = (short)((events & CORO_READABLE ? POLLIN : 0) |
                         (events & CORO_WRITABLE ? POLLOUT : 0));
  struct pollfd file = {fd, wanted, 0};
  int count;
  do
    count = poll(&file, 1, milliseconds);
  while (count < 0 && errno == EINTR);
  if (count <= 0)
    return count < 0 ? -errno : 0;
  if (file.revents & POLLNVAL)
    return -EBADF;
  if (file.revents & (POLLERR | POLLHUP))
    return (int)events;
  return (file.revents & POLLIN ? CORO_READABLE : 0) |
         (file.revents & POLLOUT ? CORO_WRITABLE : 0);
}

/* A wait, and whose it is: cancelling may bring a context without a reactor. */
struct waiting {
  coro_fd_wait wait;
  coro_reactor *reactor; /* NULL where the wait did not begin */
};

static void take_back(struct waiting *self) {
  if (self->reactor && !self->wait.ready)
    self->reactor->ops->cancel(self->reactor, &self->wait);
}

/* Milliseconds until the next timer has to fire, -1 without one: for how long
 * the thread may be blocked where there is no reactor. */
static int patience(const coro_context *cx) {
  uint64_t ns = cx->timers ? coro_timers_until(cx->timers) : CORO_FOREVER;
  if (ns == CORO_FOREVER)
    return -1;
  uint64_t rounded_up = ns / CORO_MILLISECOND + (ns % CORO_MILLISECOND != 0);
  return rounded_up < INT_MAX ? (int)rounded_up : INT_MAX;
}

/* The thread was blocked for as long as timers allowed. A parker does not look
 * at its own where the task wakes itself, as it does here: see time/alarm.c. */
static void fire_timers(const coro_context *cx) {
  if (cx->timers && !coro_timers_until(cx->timers))
    coro_timers_fire(cx->timers);
}

/* Where there is no reactor. */
static yields int block_for(int fd, unsigned events) {
  if (!coro_spend(coro_self()))
    coro_yield_now();
  for (;;) {
    int ready = coro_fd_poll(fd, events, 0);
    if (ready)
      return ready;
    coro_yield_now(); /* what a timer has ended is seen before we block */
    ready = coro_fd_poll(fd, events, patience(coro_self()));
    if (ready)
      return ready;
    fire_timers(coro_self());
    coro_yield_now();
  }
}

yields int coro_wait_fd(int fd, unsigned events) {
  if (events == 0 || events & ~(unsigned)(CORO_READABLE | CORO_WRITABLE))
    return -EINVAL;
  coro_reactor *reactor = coro_self()->reactor;
  if (!reactor)
    return block_for(fd, events);

  __attribute__((cleanup(take_back))) struct waiting here = {
      .wait = {
          .waker = coro_self()->waker, .fd = fd, .events = (uint16_t)events}};
  int ready = reactor->ops->wait(reactor, &here.wait);
  if (ready) { /* as some files always are */
    if (!coro_spend(coro_self()))
      coro_yield_now();
    return ready;
  }
  here.reactor = reactor;
  while (!here.wait.ready) {
    coro_suspend();
    here.wait.waker = coro_self()->waker;
  }
  return here.wait.ready;
}

/*
 * Files that are not sockets have no call that does not block, but ones that
 * are ready do not block. -EAGAIN if it is not.
 */
static int ready_now(int fd, unsigned events) {
  int ready = coro_fd_poll(fd, events, 0);
  return ready == 0 ? -EAGAIN : ready;
}

CORO_ALLOW("coro-blocking-call") /* ready, so it does not */
static ssize_t try_read(int fd, void *buf, size_t n) {
  if (n == 0) /* as read, which never waits then; recv might */
    return read(fd, buf, 0) < 0 ? -errno : 0;
  ssize_t count;
  do
    count = recv(fd, buf, n, MSG_DONTWAIT);
  while (count < 0 && errno == EINTR);
  if (count >= 0 || errno != ENOTSOCK)
    return count < 0 ? -errno : count;

  int ready = ready_now(fd, CORO_READABLE);
  if (ready < 0)
    return ready;
  do
    count = read(fd, buf, n);
  while (count < 0 && errno == EINTR);
  return count < 0 ? -errno : count;
}

/*
 * A writable pipe has room for PIPE_BUF bytes; writing more would block, unless
 * it is non-blocking. Files one can seek in never block.
 */
static size_t writable_at_once(int fd, size_t n) {
  if (n <= PIPE_BUF)
    return n;
  int flags = fcntl(fd, F_GETFL);
  bool roomy =
      (flags >= 0 && flags & O_NONBLOCK) || lseek(fd, 0, SEEK_CUR) >= 0;
  return roomy ? n : PIPE_BUF;
}

CORO_ALLOW("coro-blocking-call") /* ready, so it does not */
static ssize_t try_write(int fd, const void *buf, size_t n) {
  ssize_t count;
  do
    count = send(fd, buf, n, MSG_DONTWAIT | MSG_NOSIGNAL);
  while (count < 0 && errno == EINTR);
  if (count >= 0 || errno != ENOTSOCK)
    return count < 0 ? -errno : count;

  int ready = ready_now(fd, CORO_WRITABLE);
  if (ready < 0)
    return ready;
  n = writable_at_once(fd, n);
  do
    count = write(fd, buf, n);
  while (count < 0 && errno == EINTR);
  return count < 0 ? -errno : count;
}

yields ssize_t coro_read(int fd, void *buf, size_t n) {
  if (!coro_spend(coro_self()))
    coro_yield_now();
  for (;;) {
    ssize_t count = try_read(fd, buf, n);
    if (count != -EAGAIN)
      return count;
    int ready = coro_wait_fd(fd, CORO_READABLE);
    if (ready < 0)
      return ready;
  }
}

yields ssize_t coro_write(int fd, const void *buf, size_t n) {
  if (!coro_spend(coro_self()))
    coro_yield_now();
  for (;;) {
    ssize_t count = try_write(fd, buf, n);
    if (count != -EAGAIN)
      return count;
    int ready = coro_wait_fd(fd, CORO_WRITABLE);
    if (ready < 0)
      return ready;
  }
}

/* Not in terms of coro_write, whose frame would be inside this one. */
yields ssize_t coro_write_all(int fd, const void *buf, size_t n) {
  size_t written = 0;
  while (written < n) {
    if (!coro_spend(coro_self()))
      coro_yield_now();
    ssize_t count = try_write(fd, (const char *)buf + written, n - written);
    if (count == -EAGAIN) {
      int ready = coro_wait_fd(fd, CORO_WRITABLE);
      count = ready < 0 ? ready : 0;
    }
    if (count < 0)
      return count;
    written += (size_t)count;
  }
  return (ssize_t)n;
}
