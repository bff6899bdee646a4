// RUN: %coro %cflags -fsyntax-only -Xclang -verify %s
// What the message says to do.
// expected-no-diagnostics
#include <coro/coro.h>

static yields int body(int argc, char **argv) {
  coro_yield_now();
  return argv[argc] != 0;
}

int main(int argc, char **argv) { return coro_block_on(body, argc, argv); }
