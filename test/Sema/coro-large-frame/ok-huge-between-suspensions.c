// REQUIRES: x86_64
// RUN: %coro %cflags -O2 -c -o %t.o -Xclang -verify %s
// What is dead at each suspension may be of any size.
// expected-no-diagnostics
#include <coro/coro.h>

void use(void *);

yields int huge(void) {
  {
    char buffer[3000000000u];
    use(buffer);
  }
  coro_suspend();
  return 0;
}
_Static_assert(sizeof(coro_task(huge)) <= 16, "");
