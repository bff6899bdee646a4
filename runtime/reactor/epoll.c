/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Readiness by epoll, one-shot: every wait that has to wait tells the kernel
 * anew. That costs a system call per wait and needs nobody to tell us when a
 * descriptor is closed and its number used again, which would otherwise hang
 * the next wait on that number.
 *
 * `files`, indexed by descriptor, holds the waits of each file. Invariant:
 * while a file has waits, the kernel watches for all their events, at least.
 */
#define _GNU_SOURCE
#include "backends.h"

#include <coro/io.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Ready files taken from the kernel at once. */
enum { BATCH = 64 };

struct file {
  coro_fd_wait *waits;
  bool known; /* a guess whether epoll knows it: saves a failing call */
};

struct epoll {
  coro_reactor reactor; /* first: see coro/reactor.h */
  int epoll;
  int event; /* an eventfd, written to by notify */
  struct file *files;
  size_t file_count;
  int gathered;
  struct epoll_event events[BATCH];
};

static struct epoll *epoll_of(coro_reactor *reactor) {
  return (struct epoll *)reactor;
}

static int make_room(struct epoll *self, size_t fd) {
  if (fd < self->file_count)
    return 0;
  size_t count = self->file_count ? self->file_count : 64;
  while (count <= fd)
    count *= 2;
  struct file *files = realloc(self->files, count * sizeof(*files));
  if (!files)
    return -ENOMEM;
  for (size_t i = self->file_count; i < count; i++)
    files[i] = (struct file){NULL, false};
  self->files = files;
  self->file_count = count;
  return 0;
}

/* Has the kernel watch fd, once, for all that its waits want. 0 or -errno. */
static int watch(struct epoll *self, int fd) {
  struct file *file = &self->files[fd];
  struct epoll_event event = {.events = EPOLLONESHOT, .data = {.fd = fd}};
  for (coro_fd_wait *wait = file->waits; wait; wait = wait->next) {
    event.events |= (wait->events & CORO_READABLE) ? EPOLLIN | EPOLLRDHUP : 0;
    event.events |= (wait->events & CORO_WRITABLE) ? EPOLLOUT : 0;
  }
  int operation = file->known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  if (epoll_ctl(self->epoll, operation, fd, &event) < 0) {
    /* Closed and opened again since, or added for a duplicate: the other. */
    if (errno == ENOENT)
      operation = EPOLL_CTL_ADD;
    else if (errno == EEXIST)
      operation = EPOLL_CTL_MOD;
    else
      return -errno;
    if (epoll_ctl(self->epoll, operation, fd, &event) < 0)
      return -errno;
  }
  file->known = true;
  return 0;
}

static void unlink_wait(struct file *file, coro_fd_wait *wait) {
  for (coro_fd_wait **at = &file->waits; *at; at = &(*at)->next) {
    if (*at == wait) {
      *at = wait->next;
      return;
    }
  }
}

static int epoll_wait_for(coro_reactor *reactor, coro_fd_wait *wait) {
  struct epoll *self = epoll_of(reactor);
  if (wait->fd < 0)
    return -EBADF;
  int error = make_room(self, (size_t)wait->fd);
  if (error)
    return error;
  struct file *file = &self->files[wait->fd];
  wait->ready = 0;
  wait->next = file->waits;
  file->waits = wait;
  error = watch(self, wait->fd);
  if (!error)
    return 0;
  unlink_wait(file, wait);
  /* What epoll cannot watch, such as a regular file, never blocks. */
  return error == -EPERM ? wait->events : error;
}

static void epoll_cancel(coro_reactor *reactor, coro_fd_wait *wait) {
  /* The kernel goes on watching. An event without a wait is dropped. */
  if (!wait->ready)
    unlink_wait(&epoll_of(reactor)->files[wait->fd], wait);
}

static int wait_for_events(struct epoll *self, uint64_t ns) {
  if (ns == 0 || ns == UINT64_MAX)
    return epoll_wait(self->epoll, self->events, BATCH, ns ? -1 : 0);
  struct timespec timeout = {(time_t)((ns / 1000000000) & INT32_MAX),
                             (long)(ns % 1000000000)};
  int count = epoll_pwait2(self->epoll, self->events, BATCH, &timeout, NULL);
  if (count >= 0 || (errno != ENOSYS && errno != EPERM))
    return count;
  /* Before Linux 5.11, and in sandboxes that refuse what they do not know:
   * whole milliseconds, rounded up so as not to spin. */
  uint64_t ms = ns / 1000000 + (ns % 1000000 != 0);
  return epoll_wait(self->epoll, self->events, BATCH,
                    ms > INT32_MAX ? INT32_MAX : (int)ms);
}

static int epoll_gather(coro_reactor *reactor, uint64_t ns) {
  struct epoll *self = epoll_of(reactor);
  self->gathered = 0;
  int count = wait_for_events(self, ns);
  if (count < 0)
    return errno == EINTR ? 0 : -errno;
  self->gathered = count;
  for (int i = 0; i < count; i++) {
    uint64_t notes;
    if (self->events[i].data.fd == self->event &&
        read(self->event, &notes, sizeof(notes)) == sizeof(notes))
      return (int)notes;
  }
  return 0;
}

/* Finishes the waits of one file; whom it did not help, the kernel watches on
 * for. */
static void deliver_file(struct epoll *self, int fd, unsigned ready) {
  struct file *file = &self->files[fd];
  coro_fd_wait *wait = file->waits;
  file->waits = NULL;
  while (wait) {
    coro_fd_wait *next = wait->next;
    unsigned came = wait->events & ready;
    if (came) {
      wait->ready = (uint16_t)came;
      coro_wake(wait->waker);
    } else {
      wait->next = file->waits;
      file->waits = wait;
    }
    wait = next;
  }
  /* If that fails the file is gone, and its waits are ready to hear so. */
  if (file->waits && watch(self, fd) < 0)
    deliver_file(self, fd, CORO_READABLE | CORO_WRITABLE);
}

static void epoll_deliver(coro_reactor *reactor) {
  struct epoll *self = epoll_of(reactor);
  for (int i = 0; i < self->gathered; i++) {
    int fd = self->events[i].data.fd;
    uint32_t events = self->events[i].events;
    if (fd == self->event)
      continue;
    unsigned ready = (events & EPOLLIN ? CORO_READABLE : 0) |
                     (events & EPOLLRDHUP ? CORO_READABLE : 0) |
                     (events & EPOLLOUT ? CORO_WRITABLE : 0);
    if (events & (EPOLLERR | EPOLLHUP))
      ready = CORO_READABLE | CORO_WRITABLE;
    deliver_file(self, fd, ready);
  }
  self->gathered = 0;
}

static void epoll_notify(coro_reactor *reactor) {
  int saved = errno;
  uint64_t one = 1;
  /* Full after 2^64 - 2 notes that nobody took; there is no other failure. */
  ssize_t written = write(epoll_of(reactor)->event, &one, sizeof(one));
  (void)written;
  errno = saved;
}

static void epoll_close(coro_reactor *reactor) {
  struct epoll *self = epoll_of(reactor);
  if (self->event >= 0)
    close(self->event);
  if (self->epoll >= 0)
    close(self->epoll);
  free(self->files);
  free(self);
}

static int epoll_descriptor(coro_reactor *reactor) {
  return epoll_of(reactor)->epoll;
}

static const coro_reactor_ops epoll_ops = {
    .version = CORO_CAPABILITY_VERSION,
    .name = "epoll",
    .wait = epoll_wait_for,
    .cancel = epoll_cancel,
    .gather = epoll_gather,
    .deliver = epoll_deliver,
    .notify = epoll_notify,
    .close = epoll_close,
    .descriptor = epoll_descriptor,
};

coro_reactor *coro_epoll_open(int *error) {
  struct epoll *self = calloc(1, sizeof(*self));
  if (!self) {
    *error = -ENOMEM;
    return NULL;
  }
  self->reactor.ops = &epoll_ops;
  self->event = -1;
  self->epoll = epoll_create1(EPOLL_CLOEXEC);
  if (self->epoll >= 0)
    self->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  struct epoll_event event = {.events = EPOLLIN, .data = {.fd = self->event}};
  if (self->event < 0 ||
      epoll_ctl(self->epoll, EPOLL_CTL_ADD, self->event, &event) < 0) {
    *error = -errno;
    epoll_close(&self->reactor);
    return NULL;
  }
  return &self->reactor;
}
