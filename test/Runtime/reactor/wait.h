/* Waiting for files without an executor: a waker that counts. */
#ifndef CORO_TEST_WAIT_H
#define CORO_TEST_WAIT_H

#include "../check.h"

#include <coro/reactor.h>

#include <coro/io.h>
#include <coro/time.h>
#include <errno.h>
#include <unistd.h>

static inline void count_wake(void *data) { ++*(int *)data; }
static const coro_waker_ops counting = {.wake = count_wake};

struct waiting {
  coro_fd_wait wait;
  int wakes;
};

/* What the reactor's wait says. */
static inline int wait_for(coro_reactor *reactor, struct waiting *waiting,
                           int fd, unsigned events) {
  waiting->wakes = 0;
  waiting->wait = (coro_fd_wait){.waker = {&counting, &waiting->wakes},
                                 .fd = fd,
                                 .events = (uint16_t)events};
  return reactor->ops->wait(reactor, &waiting->wait);
}

/* One turn of what an executor does; how many notifications there were. */
static inline int turn(coro_reactor *reactor, uint64_t ns) {
  int notes = reactor->ops->gather(reactor, ns);
  reactor->ops->deliver(reactor);
  return notes;
}

static inline coro_reactor *open_reactor(void) {
  int error;
  coro_reactor *reactor = coro_reactor_open(&error);
  if (!reactor)
    fprintf(stderr, "no reactor: %s\n", strerror(-error));
  CHECK(reactor);
  return reactor;
}

#endif
