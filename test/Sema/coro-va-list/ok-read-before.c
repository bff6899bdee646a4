// RUN: %coro %cflags -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro %cflags -O2 -c -o %t.o -Xclang -verify %s
// Read before the first suspension, they are like other values.
// expected-no-diagnostics
#include <coro/coro.h>
#include <stdarg.h>

yields int sum(int n, ...) {
  int total = 0;
  va_list a;
  va_start(a, n);
  while (n--)
    total += va_arg(a, int);
  va_end(a);
  coro_suspend();
  return total;
}
