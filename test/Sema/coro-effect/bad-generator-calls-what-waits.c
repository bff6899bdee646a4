// RUN: %coro -fsyntax-only -Xclang -verify %s
// A generator waits for nothing unless it says `yields` beside `yields_of`.
#include <coro/coro.h>

yields int fetch(int n) coro_frame(64);                // expected-note {{'fetch' is declared with 'yields' here}}
yields yields_of(int) void slow(int n) coro_frame(64); // expected-note {{'slow' is declared with 'yields yields_of(int)' here}}

yields_of(int) void ones(void) {
  coro_yield(fetch(1)); // expected-error {{'ones' yields values and does not wait, and calls 'fetch', which does; declare 'ones' with 'yields' too [coro-effect]}}
}
yields_of(int) void twos(void) {
  slow(2); // expected-error {{'twos' yields values and does not wait, and calls 'slow', which does}}
}
yields_of(int) void threes(void) {
  coro_suspend();   // expected-error {{'threes' yields values and does not wait: coro_suspend() needs 'yields' beside 'yields_of' [coro-effect]}}
  coro_yield_now(); // expected-error {{'threes' yields values and does not wait}}
}

yields yields_of(int) void all(void) {
  coro_yield(fetch(1));
  slow(2);
  coro_suspend();
}
