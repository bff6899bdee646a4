// REQUIRES: llvm22
// RUN: %coro -fdefer-ts -fsyntax-only -Xclang -verify %s
// clang has one label, and one stack to restore, for two copies of a block.
#include <coro/coro.h>
#include <stdio.h>

yields void label(int n) {
  _Defer {
    goto out;
  out: // expected-error {{a label in a _Defer in 'label'}}
    puts("out");
  }
  coro_suspend();
  (void)n;
}

raises(int) void array(int n) {
  _Defer {
    char text[n]; // expected-error {{an array of variable length in a _Defer in 'array'}}
    snprintf(text, sizeof text, "out");
  }
  if (n)
    coro_raise(n);
}

void plain(int n) {
  _Defer {
    char text[n];
    snprintf(text, sizeof text, "out");
  }
}
