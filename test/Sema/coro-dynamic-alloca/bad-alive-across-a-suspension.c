// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// Found in the IR, which has no lines: the message has the line all the same.
#include <coro/coro.h>

void use(void *);

yields int array(int n) {
  char a[n]; // expected-error {{a variable-length array or alloca of 'array' is alive across a suspension and has no place in a frame of fixed size; end its scope before, or give it a constant size [coro-dynamic-alloca]}}
  use(a);
  coro_suspend();
  use(a);
  return 0;
}

yields int allocated(int n) {
  void *p = __builtin_alloca(n); // expected-error {{array or alloca of 'allocated' is alive across a suspension}}
  use(p);
  coro_suspend();
  use(p);
  return 0;
}

yields int kept_by_another(int n) {
  char a[n]; // expected-error {{array or alloca of 'kept_by_another' is alive}}
  use(a);
  coro_suspend();
  return 0;
}
