#include <coro/coro.h>
#include <stdio.h>

static inline yields int of_a_library(void) {
  coro_suspend();
  return getchar();
}
