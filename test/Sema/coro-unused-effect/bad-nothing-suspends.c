// RUN: %coro -fsyntax-only -Xclang -verify %s
// `yields` on a static function that is only called, and cannot suspend.
#include <coro/coro.h>
#include <stdio.h>

// expected-warning@+1 {{'add' is declared with 'yields', and nothing in it can suspend; remove the word, and a call is only a call [coro-unused-effect]}}
static yields int add(int a, int b) { return a + b; }

static yields int later(int n);
// expected-warning@+1 {{'later' is declared with 'yields'}}
static yields int later(int n) {
  int size = sizeof(coro_suspend(), n);
  return size + printf("%d\n", n);
}

// expected-warning@+1 {{'raw' is declared with 'yields'}}
__attribute__((coro_yields)) static int raw(void) { return 1; }

yields int use(int n) {
  coro_suspend();
  return add(n, 1) + later(n) + raw();
}
