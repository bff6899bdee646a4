// RUN: %coro %cflags -fsyntax-only -Xclang -verify %s
// The arm that is not chosen, and what is only asked about, run nowhere.
// expected-no-diagnostics
#include <coro/coro.h>

yields int w(int n);
yields char *text(void);

int chosen(void) { return __builtin_choose_expr(1, 2, w(1)); }
void assumed(void) {
#pragma clang diagnostic ignored "-Wassume"
  __builtin_assume(w(1));
  __attribute__((assume(w(1))));
}
int constant(void) { return __builtin_constant_p(w(1)); }
unsigned long size(void) { return __builtin_object_size(text(), 0); }
