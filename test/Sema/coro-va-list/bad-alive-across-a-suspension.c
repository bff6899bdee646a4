// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// A va_list points into the caller's stack.
#include <coro/coro.h>
#include <stdarg.h>

yields int rest(int n, ...) {
  va_list a;
  va_start(a, n); // expected-error {{a va_list of 'rest' is alive across a suspension: it points into the stack of a caller that has gone on; read the arguments before [coro-va-list]}}
  int first = va_arg(a, int);
  coro_suspend();
  first += va_arg(a, int);
  va_end(a);
  return first;
}

yields int copied(va_list a) {
  va_list b;
  va_copy(b, a); // expected-error {{a va_list of 'copied' is alive across a suspension}}
  coro_suspend();
  int first = va_arg(b, int);
  va_end(b);
  return first;
}
