// RUN: %coro -fsyntax-only -Xclang -verify %s
// Giving control away, and asking for the context, need a function that yields.
#include <coro/coro.h>

void suspends(void) {
  coro_suspend(); // expected-error {{coro_suspend() suspends, and 'suspends' does not yield; declare 'suspends' with 'yields' [coro-effect]}}
}

coro_context *asks(void) {
  return coro_self(); // expected-error {{coro_self() is the context of a function that yields, and 'asks' does not}}
}

void in_every_statement(int n) {
  for (; n; n--)
    coro_suspend(); // expected-error {{'in_every_statement' does not yield}}
  switch (n) {
  case 1:
    coro_suspend(); // expected-error {{'in_every_statement' does not yield}}
  }
  (void)({ coro_suspend(); 1; }); // expected-error {{'in_every_statement' does not yield}}
}
