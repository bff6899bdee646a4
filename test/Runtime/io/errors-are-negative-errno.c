// RUN: %corocc %cflags %s -o %t && %t
// RUN: %clang %cflags -DCORO_ERASE_EFFECTS %s %rt_blocking -o %t.erased && %t.erased
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
#include "run.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static yields void provoke_all(void) {
  char byte = 0;
  int ends[2];
  CHECK(!socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  close(ends[1]);
  CHECK(coro_write(ends[0], &byte, 1) == -EPIPE); /* and no SIGPIPE */
  CHECK(coro_write_all(ends[0], &byte, 1) == -EPIPE);
  close(ends[0]);

  CHECK(coro_read(ends[0], &byte, 1) == -EBADF);
  CHECK(coro_read(ends[0], &byte, 0) == -EBADF);
  CHECK(coro_write(ends[0], &byte, 1) == -EBADF);
  CHECK(coro_write_all(ends[0], &byte, 1) == -EBADF);
  CHECK(coro_accept(ends[0]) == -EBADF);
  CHECK(coro_wait_fd(ends[0], CORO_READABLE) == -EBADF);
  CHECK(coro_wait_fd(0, 0) == -EINVAL);
  CHECK(coro_wait_fd(0, 4) == -EINVAL);

  /* A port that nobody listens on: one that was free a moment ago. */
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof(address);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  CHECK(!bind(fd, (struct sockaddr *)&address, size));
  CHECK(!getsockname(fd, (struct sockaddr *)&address, &size));
  CHECK(coro_accept(fd) == -EINVAL); /* it does not listen */
  int other = socket(AF_INET, SOCK_STREAM, 0);
  CHECK(coro_connect(other, (struct sockaddr *)&address, size) ==
        -ECONNREFUSED);
  close(other);
  close(fd);
}

int main(void) { RUN_EVERYWHERE(provoke_all); }
