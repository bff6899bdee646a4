// Several tasks wait for one file, and for the same; some of them are
// cancelled: the others still hear of it, and the cancelled ones do not.
// RUN: %corocc %cflags %s -o %t && %t epoll && %t fake
// RUN: %corocc %cflags -fsanitize=address,undefined %s -o %t.asan
// RUN: %t.asan epoll && %t.asan fake
#include "../check.h"

#include <coro/testing.h>

#include <coro/coro.h>
#include <unistd.h>

enum { WAITERS = 4 };

static int wakes[WAITERS];
static void count_wake(void *data) { ++*(int *)data; }
static const coro_waker_ops counting = {.wake = count_wake};

/* cancelled: a set of waiters, by their bits. */
static void try_it(coro_reactor *reactor, coro_fake *fake, unsigned cancelled) {
  coro_task(coro_wait_fd) *tasks[WAITERS];
  coro_context cx[WAITERS];
  int ends[2];
  CHECK(!pipe(ends));
  for (int i = 0; i < WAITERS; i++) {
    wakes[i] = 0;
    cx[i] = (coro_context)CORO_CONTEXT_INIT;
    cx[i].waker = (coro_waker){&counting, &wakes[i]};
    cx[i].reactor = reactor;
    tasks[i] = malloc(sizeof(*tasks[i]));
    coro_start(tasks[i], coro_wait_fd, ends[0], CORO_READABLE);
    CHECK(coro_poll(tasks[i], &cx[i]) == CORO_PENDING);
  }
  for (int i = 0; i < WAITERS; i++) {
    if (cancelled & 1u << i) {
      CHECK(coro_cancel_any(coro_erase(tasks[i]), &cx[i]) == CORO_CANCELLED);
      free(tasks[i]);
    }
  }
  CHECK(write(ends[1], "x", 1) == 1);
  for (int i = 0; i < WAITERS; i++) {
    /* The fake one tells one wait at a time. */
    fake->ready[ends[0]] = CORO_READABLE;
    reactor->ops->gather(reactor, 0);
    reactor->ops->deliver(reactor);
  }
  for (int i = 0; i < WAITERS; i++) {
    bool gone = cancelled & 1u << i;
    CHECK(wakes[i] == !gone);
    if (gone)
      continue;
    CHECK(coro_poll(tasks[i], &cx[i]) == CORO_DONE);
    free(tasks[i]);
  }
  fake->ready[ends[0]] = 0;
  close(ends[0]);
  close(ends[1]);
}

int main(int count, char **arguments) {
  CHECK(count == 2 && !setenv("CORO_REACTOR", arguments[1], 1));
  static coro_fake fake;
  coro_fake_init(&fake, NULL, 0);
  int error = 0;
  bool real = strcmp(arguments[1], "fake") != 0;
  coro_reactor *reactor = real ? coro_reactor_open(&error) : &fake.reactor;
  CHECK(reactor);
  for (unsigned cancelled = 0; cancelled < 1 << WAITERS; cancelled++)
    try_it(reactor, &fake, cancelled);
  coro_reactor_close(reactor);
}
