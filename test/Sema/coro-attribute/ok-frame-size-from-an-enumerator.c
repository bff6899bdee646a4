// RUN: %coro %cflags -fsyntax-only -Xclang -verify %s
// expected-no-diagnostics
#include <coro/coro.h>

enum { LIMIT = 64 };
yields int f(void) coro_frame(LIMIT);
yields int g(void) coro_frame(LIMIT + 1);
_Static_assert(sizeof(coro_task(f)) == 64, "");
_Static_assert(sizeof(coro_task(g)) == 80, "");
