// RUN: %clang %cflags %s %rt -o %t && %t
#include "../check.h"

#include <coro/time.h>

int main(void) {
  uint64_t last = coro_now();
  CHECK(last > 0);
  for (int i = 0; i < 100000; i++) {
    uint64_t now = coro_now();
    CHECK(now >= last);
    last = now;
  }
}
