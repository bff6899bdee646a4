// Each operation, cancelled before it runs, where it lets others run before it
// begins, while it waits, and when what it waits for has come but it was not
// polled yet; with the context it was polled with and with one that has
// nothing. Afterwards its frame is overwritten, or given back, and what it
// waited for comes: nobody wakes it, nobody reads or writes the frame, no file
// is left open, and an operation that is cancel safe finds all there is.
// RUN: %corocc %cflags -O2 %s -o %t && %t epoll && %t fake
// RUN: %corocc %cflags -DFREE -fsanitize=address,undefined %s -o %t.asan
// RUN: %t.asan epoll && %t.asan fake
#include "operations.h"

#include <coro/testing.h>

static coro_reactor *reactor;
static coro_fake fake;
static coro_timers timers;
static int wakes;

static void count_wake(void *data) { ++*(int *)data; }
static const coro_waker_ops counting = {.wake = count_wake};

/* The fake one knows of no file. */
static void all_files(unsigned events) {
  memset(fake.ready, (int)events, sizeof(fake.ready));
}

/* One turn of what an executor does, without its jobs. */
static void turn(void) {
  reactor->ops->gather(reactor, 0);
  reactor->ops->deliver(reactor);
  coro_timers_fire(&timers);
}

static void make_ready(const struct operation *operation) {
  operation->make_ready();
  all_files(CORO_READABLE | CORO_WRITABLE);
  turn();
}

static int lowest_free_file(void) {
  int fd = dup(0);
  close(fd);
  return fd;
}

enum moment { NOT_STARTED, GIVES_WAY, WAITS, IS_READY, MOMENTS };
static const char *const moments[] = {"not started", "gives way", "waits",
                                      "is ready"};

/* What the frame was is gone. */
static void let_go(coro_any_task task) {
#ifdef FREE
  free(task.frame);
#else
  memset(task.frame, 0xA5, task.coro->size);
#endif
}
static void check_untouched(coro_any_task task) {
#ifndef FREE
  unsigned char *frame = task.frame;
  for (size_t i = 0; i < task.coro->size; i++)
    CHECK(frame[i] == 0xA5);
  free(frame);
#else
  (void)task;
#endif
}

static void check_again(const struct operation *operation, coro_context *cx) {
  coro_any_task task = operation->start();
  if (coro_poll_any(task, cx) == CORO_PENDING) { /* it does not look first */
    all_files(CORO_READABLE | CORO_WRITABLE);
    turn();
  }
  CHECK(coro_poll_any(task, cx) == CORO_DONE);
  CHECK(coro_cancel_any(task, cx) == CORO_DONE);
  int result = *(int *)coro_result_any(task); /* the low half of an ssize_t */
  CHECK(result > 0);
  if (operation->start == do_accept)
    close(result);
  free(task.frame);
}

static void try_it(const struct operation *operation, enum moment moment,
                   bool bare) {
  if (moment == GIVES_WAY && !operation->spends)
    return;
  int before = lowest_free_file();
  open_all(operation);
  coro_context cx = {.waker = {&counting, &wakes},
                     .reactor = reactor,
                     .timers = &timers,
                     .allocator = &coro_allocator_default,
                     .fuel = CORO_FUEL_UNLIMITED};
  coro_context none = coro_context_idle;
  wakes = 0;
  if (moment == GIVES_WAY)
    cx.fuel = 0;
  coro_any_task task = operation->start();
  if (moment != NOT_STARTED) {
    CHECK(coro_poll_any(task, &cx) == CORO_PENDING);
    turn();
  }
  CHECK(wakes == (moment == GIVES_WAY));
  if (moment == IS_READY)
    make_ready(operation);
  int woken = moment == IS_READY || moment == GIVES_WAY;
  CHECK(wakes == woken);
  CHECK(coro_cancel_any(task, bare ? &none : &cx) == CORO_CANCELLED);
  CHECK(coro_cancel_any(task, &cx) == CORO_DONE);
  let_go(task);
  CHECK(!fake.waits && !timers.first);
  if (moment != IS_READY)
    make_ready(operation);
  turn();
  CHECK(wakes == woken);
  check_untouched(task);
  cx.fuel = CORO_FUEL_UNLIMITED;
  if (operation->again)
    check_again(operation, &cx);
  close_all();
  turn();
  all_files(0);
  CHECK(lowest_free_file() == before);
}

int main(int count, char **arguments) {
  CHECK(count == 2 && !setenv("CORO_REACTOR", arguments[1], 1));
  coro_fake_init(&fake, NULL, 0);
  coro_timers_init(&timers, tell);
  int error = 0;
  bool real = strcmp(arguments[1], "fake") != 0;
  reactor = real ? coro_reactor_open(&error) : &fake.reactor;
  CHECK(reactor);
  for (int i = 0; i < OPERATIONS; i++) {
    for (int moment = 0; moment < MOMENTS; moment++) {
      for (int bare = 0; bare < 2; bare++) {
        printf("%s, %s%s\n", operations[i].name, moments[moment],
               bare ? ", no context" : "");
        fflush(stdout);
        try_it(&operations[i], (enum moment)moment, bare);
      }
    }
  }
  coro_reactor_close(reactor);
}
