// RUN: %coro -fsyntax-only -Xclang -verify %s
// What waits for a task to its end raises what the task raises.
#include <coro/coro.h>

raises(int) yields int may(int n) coro_frame(64);            // expected-note 10 {{'may' is declared with 'raises(int)' here}} expected-note {{'may' is declared here}}
raises(long) yields void other(void) coro_frame(64);         // expected-note {{'other' is declared here}}
raises(int) yields_of(int) void values(void) coro_frame(64); // expected-note 3 {{'values' is declared with 'raises(int)' here}}
raises(int) yields yields_of(int) void slow(void) coro_frame(64);
yields int quiet(int n) coro_frame(64);

yields void waits(int n) {
  coro_task(may) a, b;
  coro_start(&a, may, n);
  coro_start(&b, may, n);
  coro_join(&a, &b); // expected-error {{'waits' runs 'may', which may raise 'int', and itself does not say so; declare 'waits' with 'raises(int)' [coro-effect]}}
  coro_start(&a, may, n);
  coro_start(&b, may, n);
  coro_any(&a, &b);  // expected-error {{'waits' runs 'may', which may raise 'int'}}
  coro_race(&a, &b); // expected-error {{'waits' runs 'may', which may raise 'int'}}
  coro_start(&a, may, n);
  coro_timeout(CORO_SECOND, &a); // expected-error {{'waits' runs 'may', which may raise 'int'}}
  coro_start(&a, may, n);
  coro_try {
    coro_join(&a); // expected-error {{the coro_try around this catches 'long', and 'may' may raise 'int'; put one coro_try around each type of error}}
  }
  coro_catch(long, e) {
    (void)e;
  }
}

raises(int) yields void differ(int n) {
  coro_task(may) a;
  coro_task(quiet) b;
  coro_task(other) c;
  coro_start(&a, may, n);
  coro_start(&b, quiet, n);
  coro_start(&c, other);
  coro_join(&b, &a, &c); // expected-error {{coro_join raises what its tasks raise: 'may' may raise 'int' and 'other' may raise 'long'; wait for those of each type on their own [coro-effect]}}
}

raises(long) yields void says_another(int n) {
  coro_task(may) a;
  coro_start(&a, may, n);
  coro_join(&a); // expected-error {{'says_another' runs 'may', which may raise 'int', and itself raises 'long'}}
}

void takes(void) {
  coro_task(values) g;
  coro_for(int x, values) // expected-error {{'takes' runs 'values', which may raise 'int', and itself does not say so}}
      (void) x;
  coro_start(&g, values);
  while (coro_next(&g)) // expected-error {{'takes' runs 'values', which may raise 'int'}}
    ;
}

raises(char) int blocks(int n) {
  return coro_block_on(may, n); // expected-error {{'blocks' runs 'may', which may raise 'int', and itself raises 'char'}}
}

int blocks_too(int n) {
  coro_try {
    n = coro_block_on(may, n);
  }
  coro_catch(int, e) {
    n = coro_block_on(may, e); // expected-error {{'blocks_too' runs 'may', which may raise 'int', and itself does not say so}}
  }
  return n;
}

static void clean(int *p) {
  *p = coro_block_on(may, *p); // expected-error {{'clean' runs 'may', which may raise 'int'}}
}

int main(void) {
  int n __attribute__((cleanup(clean))) = 0;
  coro_for(int x, values) // expected-error {{'main' runs 'values', which may raise 'int'}}
      n += x;
  return coro_block_on(may, n); // expected-error {{'main' runs 'may', which may raise 'int'}}
}
