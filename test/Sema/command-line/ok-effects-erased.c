// RUN: %clang %cflags -DCORO_ERASE_EFFECTS -fsyntax-only %s
// Without the plugin and without effects a program is ordinary C.
#include <coro/coro.h>

static yields int wait_for(int n) {
  coro_suspend();
  return n;
}

int main(void) { return coro_block_on(wait_for, 0); }
