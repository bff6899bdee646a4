// Nobody tells the reactor that a file was closed: the next file of the same
// number is waited for all the same, also where a wait was cancelled before,
// and where a duplicate keeps the old file open.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "wait.h"

static void reuse(coro_reactor *reactor, bool finish, bool duplicate) {
  int old[2], copy = -1;
  CHECK(!pipe(old));
  struct waiting waiting;
  CHECK(wait_for(reactor, &waiting, old[0], CORO_READABLE) == 0);
  if (finish) {
    CHECK(write(old[1], "x", 1) == 1);
    turn(reactor, CORO_FOREVER);
    CHECK(waiting.wakes == 1);
  } else {
    reactor->ops->cancel(reactor, &waiting.wait);
  }
  if (duplicate)
    copy = dup(old[0]);
  close(old[0]);
  int next[2];
  CHECK(!pipe(next));
  CHECK(next[0] == old[0]);

  CHECK(wait_for(reactor, &waiting, next[0], CORO_READABLE) == 0);
  turn(reactor, 0);
  CHECK(waiting.wakes == 0);
  CHECK(write(next[1], "x", 1) == 1);
  turn(reactor, CORO_SECOND);
  CHECK(waiting.wakes == 1);
  close(next[0]);
  close(next[1]);
  close(old[1]);
  close(copy);
}

int main(void) {
  coro_reactor *reactor = open_reactor();
  for (int i = 0; i < 8; i++)
    reuse(reactor, i & 1, i & 2);
  coro_reactor_close(reactor);
}
