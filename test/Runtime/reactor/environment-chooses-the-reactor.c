// CORO_REACTOR names the reactor; one that does not exist is -EINVAL; empty is
// as if it were not set.
// RUN: %clang %cflags %s %rt -o %t && %t
#include "wait.h"

#include <stdlib.h>

int main(void) {
  int error = 1;
  setenv("CORO_REACTOR", "epoll", 1);
  coro_reactor *reactor = coro_reactor_open(&error);
  CHECK(reactor && error == 0);
  check_text(coro_reactor_name(reactor), "epoll");
  coro_reactor_close(reactor);

  setenv("CORO_REACTOR", "abacus", 1);
  CHECK(!coro_reactor_open(&error) && error == -EINVAL);
  coro_reactor_close(NULL);

  setenv("CORO_REACTOR", "", 1);
  reactor = open_reactor();
  coro_reactor_close(reactor);
}
