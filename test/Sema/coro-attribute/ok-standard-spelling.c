// RUN: %coro %cflags -std=c23 -fsyntax-only -Xclang -verify %s
// RUN: %coro -std=c23 -E %s -o %t.c && %coro -std=c23 -fsyntax-only %t.c
// The standard spellings beside the macros of the same names.
// expected-no-diagnostics
#include <coro/coro.h>

[[coro::yields, coro::frame(8)]] int one(void);
[[coro::CORO_YIELDS, coro::frame(8)]] int header_word(void);
[[coro::yields, coro::frame(64)]] int both(void);
[[coro::yields, coro::coro_boxed, coro::frame(64)]] int boxed(void);
yields int behind_the_name [[coro::frame(50 + 50)]] (void);

yields int caller(void) {
  return one() + header_word() + both() + boxed() + behind_the_name();
}
_Static_assert(sizeof(coro_task(both)) == 64);
_Static_assert(sizeof(coro_task(behind_the_name)) == 112);
