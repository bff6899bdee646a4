// In a loop, under coro_block_on, and with effects erased (the thread sleeps).
// RUN: %corocc %cflags %s -o %t && %t
// RUN: %clang %cflags -DCORO_ERASE_EFFECTS %s %rt_blocking -o %t.erased && %t.erased
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
#include "../io/run.h"

static yields void sleep_some(void) {
  const uint64_t lengths[] = {0, 1, 300 * CORO_MICROSECOND,
                              5 * CORO_MILLISECOND};
  for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
    uint64_t start = coro_now();
    CHECK(coro_sleep(lengths[i]) == 0);
    CHECK(coro_now() - start >= lengths[i]);
  }
}

int main(void) { RUN_EVERYWHERE(sleep_some); }
