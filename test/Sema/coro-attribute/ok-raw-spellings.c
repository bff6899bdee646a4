// RUN: %coro %cflags -std=gnu23 -c -o %t.o -Xclang -verify %s
// CORO_NO_KEYWORDS takes the short words away; the attributes remain.
// expected-no-diagnostics
#define CORO_NO_KEYWORDS
#include <coro/coro.h>

#if defined(yields) || defined(coro_frame)
#error "a short word is left"
#endif

int yields, coro_frame; // names like others

[[coro::yields]] int standard(int n) {
  coro_suspend();
  return n;
}
__attribute__((coro_yields)) int gnu(int n) { return standard(n); }
__attribute__((__coro_yields__)) int underscores(int n) { return gnu(n); }
int behind_the_name [[coro::yields]] (int n) { return underscores(n); }
int behind(int n) __attribute__((coro_yields)) __attribute__((coro_frame(64)));
int both(int n) __attribute__((__coro_yields__, __coro_frame__(64)));
CORO_YIELDS int header_word(int n) CORO_FRAME(64);

[[coro::yields]] int calls(int n) {
  return behind_the_name(n) + behind(n) + both(n) + header_word(n);
}
_Static_assert(sizeof(coro_task(both)) == 64, "");
