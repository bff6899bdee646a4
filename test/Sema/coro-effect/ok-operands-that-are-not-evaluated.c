// RUN: %coro %cflags -fsyntax-only -Xclang -verify %s
// What is not evaluated suspends nothing, so a plain function may say it.
// expected-no-diagnostics
#include <coro/coro.h>

yields int w(int n);

_Static_assert(sizeof(w(1)) == sizeof(int), "");
unsigned long size(void) { return sizeof(w(1)) + sizeof w(2); }
unsigned long array(void) { return sizeof(__typeof__(w(1))[2]); }
int compatible(void) {
  return __builtin_types_compatible_p(__typeof__(int[w(1)]), int);
}
unsigned long alignment(void) { return _Alignof(__typeof__(w(1))); }

int type(void) {
  __typeof__(w(1)) n = 1;
  typeof(w(2)) m = n;
  return m;
}

int other_arm(long n) { return _Generic(n, int: w(1), long: 2); }
int chosen_by(void) { return _Generic(w(1), int: 1, default: 2); }
