// RUN: %coro %cflags -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro %cflags -O2 -c -o %t.o -Xclang -verify %s
// Between two suspensions anything goes.
// expected-no-diagnostics
#include <coro/coro.h>

void use(void *);

yields int scope_ended(int n) {
  {
    char a[n];
    use(a);
  }
  coro_suspend();
  return n;
}

yields int in_a_loop(int n) {
  for (int i = 0; i < n; i++) {
    {
      char a[n], b[n + 1];
      use(a);
      use(b);
    }
    coro_suspend();
  }
  return n;
}

yields int constant_size(int n) {
  void *p = __builtin_alloca(16);
  use(p);
  coro_suspend();
  use(p);
  return n;
}

yields int pointer_to_array(int n, int (*matrix)[n]) {
  int before = matrix[0][n - 1];
  coro_suspend();
  return before + matrix[1][n - 1];
}
