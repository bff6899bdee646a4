// RUN: %coro --analyze -Xclang -analyzer-output=text -o /dev/null %s 2>&1 | %filecheck %s
// The static analyzer follows paths through a function that yields as well.
#include <coro/coro.h>

int *global;

yields void keep(int n) {
  coro_yield_now();
  global = &n;
  // CHECK: warning: Address of stack memory associated with local variable 'n' is still referred to by the global variable 'global'
}

yields int divide(int n) {
  coro_yield_now();
  if (n == 0)
    // CHECK: :[[#@LINE+1]]:{{.*}}: warning: Division by zero
    return 1 / n;
  return n;
}
