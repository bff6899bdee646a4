// RUN: %coro %cflags -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro %cflags -O2 -c -o %t.o -Xclang -verify %s
// The limit itself is kept.
// expected-no-diagnostics
#include <coro/coro.h>

void use(void *);

yields int promises(void) coro_frame(80);
yields int promises(void) {
  char buffer[64];
  use(buffer);
  coro_suspend();
  use(buffer);
  return 0;
}
_Static_assert(sizeof(coro_task(promises)) == 80, "");

coro_frame(5) yields char result(void) {
  coro_suspend();
  return 1;
}
