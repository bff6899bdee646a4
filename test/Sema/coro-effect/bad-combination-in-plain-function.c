// RUN: %coro -fsyntax-only -Xclang -verify %s
// Waiting for several things is for functions that yield, like waiting for one.
#include <coro/coro.h>

static yields void wait(void) { coro_suspend(); }

void plain(coro_task(wait) *a, coro_task(wait) *b) {
  coro_join(a, b);            // expected-error {{coro_join() suspends, and 'plain' does not yield; declare 'plain' with 'yields' [coro-effect]}}
  coro_wait(a);               // expected-error {{coro_wait() suspends, and 'plain' does not yield}}
  (void)coro_any(a, b);       // expected-error {{coro_any() suspends, and 'plain' does not yield}}
  (void)coro_race(a, b);      // expected-error {{coro_race() suspends, and 'plain' does not yield}}
  (void)coro_timeout(1, a);   // expected-error {{coro_timeout() suspends, and 'plain' does not yield}}
  int list[] = {coro_any(a)}; // expected-error {{coro_any() suspends, and 'plain' does not yield}}
  (void)list;
}
