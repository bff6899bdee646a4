// Readers and writers of one file are finished by the events they asked for,
// all of them, once; who was not helped goes on waiting; a cancelled one hears
// nothing.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "wait.h"

#include <sys/socket.h>

int main(void) {
  coro_reactor *reactor = open_reactor();
  int ends[2];
  CHECK(!socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends));
  struct waiting first, second, gone, both, writer;
  CHECK(wait_for(reactor, &first, ends[0], CORO_READABLE) == 0);
  CHECK(wait_for(reactor, &gone, ends[0], CORO_READABLE) == 0);
  CHECK(wait_for(reactor, &second, ends[0], CORO_READABLE) == 0);
  reactor->ops->cancel(reactor, &gone.wait);
  CHECK(turn(reactor, 0) == 0 && !first.wakes && !second.wakes);

  /* A writer comes and is ready at once; the readers are still waiting. */
  CHECK(wait_for(reactor, &writer, ends[0], CORO_WRITABLE) == 0);
  turn(reactor, CORO_FOREVER);
  CHECK(writer.wakes == 1 && writer.wait.ready == CORO_WRITABLE);
  CHECK(!first.wait.ready && !second.wait.ready);

  CHECK(write(ends[1], "x", 1) == 1);
  turn(reactor, CORO_FOREVER);
  CHECK(first.wakes == 1 && first.wait.ready == CORO_READABLE);
  CHECK(second.wakes == 1 && second.wait.ready == CORO_READABLE);
  CHECK(gone.wakes == 0 && writer.wakes == 1);

  /* Nobody waits now: an event that is still there goes to nobody. */
  turn(reactor, 0);
  reactor->ops->cancel(reactor, &first.wait);
  CHECK(first.wakes == 1);

  CHECK(wait_for(reactor, &both, ends[0], CORO_READABLE | CORO_WRITABLE) == 0);
  turn(reactor, CORO_FOREVER);
  CHECK(both.wait.ready == (CORO_READABLE | CORO_WRITABLE) && both.wakes == 1);

  /* The other end goes: all who wait are to find out. */
  char byte;
  CHECK(read(ends[0], &byte, 1) == 1);
  CHECK(wait_for(reactor, &first, ends[0], CORO_READABLE) == 0);
  close(ends[1]);
  turn(reactor, CORO_FOREVER);
  CHECK(first.wait.ready == CORO_READABLE);
  close(ends[0]);
  coro_reactor_close(reactor);
}
