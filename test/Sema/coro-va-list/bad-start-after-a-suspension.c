// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// By then the variable arguments are gone.
#include <coro/coro.h>
#include <stdarg.h>

yields int late(int n, ...) {
  coro_suspend();
  va_list a;
  va_start(a, n); // expected-error {{va_start in 'late' after a suspension: the variable arguments are gone by then; read them before [coro-va-list]}}
  n += va_arg(a, int);
  va_end(a);
  return n;
}
