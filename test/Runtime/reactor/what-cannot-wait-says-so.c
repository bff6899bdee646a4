// Regular files are ready at once; descriptors that are not open are an error;
// so is having no memory for a descriptor as high as this.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "wait.h"

#include <fcntl.h>

int main(void) {
  coro_reactor *reactor = open_reactor();
  struct waiting waiting;
  int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  CHECK(file >= 0);
  CHECK(wait_for(reactor, &waiting, file, CORO_READABLE) == CORO_READABLE);
  close(file);
  CHECK(wait_for(reactor, &waiting, file, CORO_READABLE) == -EBADF);
  CHECK(wait_for(reactor, &waiting, -1, CORO_READABLE) == -EBADF);
  CHECK(turn(reactor, 0) == 0);

  int ends[2];
  CHECK(!pipe(ends));
  int high = fcntl(ends[0], F_DUPFD_CLOEXEC, 900);
  if (high < 0)
    SKIP("the limit of open files is too low");
  CHECK(wait_for(reactor, &waiting, high, CORO_READABLE) == 0);
  CHECK(write(ends[1], "x", 1) == 1);
  turn(reactor, CORO_SECOND);
  CHECK(waiting.wakes == 1);
  CHECK(wait_for(reactor, &waiting, ends[1], CORO_WRITABLE) == 0);
  turn(reactor, CORO_SECOND);
  CHECK(waiting.wakes == 1);
  coro_reactor_close(reactor);
}
