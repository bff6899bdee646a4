// RUN: cp %s %t.c
// RUN: %clang -fplugin=%plugin -fsyntax-only -Xclang -fixit %t.c 2>&1 | %filecheck --check-prefix=SAID %s
// RUN: %coro -fsyntax-only -Werror %t.c
// RUN: %filecheck --input-file=%t.c %s
// Without the word, on every declaration.
// SAID: warning: 'add' is declared with 'yields'
#include <coro/coro.h>

// CHECK: {{^}}static int add(int a, int b);
static yields int add(int a, int b);
yields int use(int n) {
  coro_suspend();
  return add(n, 1);
}
// CHECK: {{^}}static int add(int a, int b) { return a + b; }
static yields int add(int a, int b) { return a + b; }
