// A sleep with a limit ends neither before it, without a reason, nor much
// later.
// RUN: %clang %cflags %s %rt -o %t && %t
#include "wait.h"

int main(void) {
  coro_reactor *reactor = open_reactor();
  const uint64_t limits[] = {0, 1, 999, 1500 * CORO_MICROSECOND,
                             20 * CORO_MILLISECOND};
  for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
    uint64_t start = coro_now();
    CHECK(turn(reactor, limits[i]) == 0);
    uint64_t slept = coro_now() - start;
    CHECK(slept >= limits[i] && slept < limits[i] + 10 * CORO_SECOND);
  }
  coro_reactor_close(reactor);
}
