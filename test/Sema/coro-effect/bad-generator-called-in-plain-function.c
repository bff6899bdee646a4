// RUN: %coro -fsyntax-only -Xclang -verify %s
// Who calls a generator hands its values on, and a plain function cannot.
#include <coro/coro.h>

yields_of(int) void count(int n) coro_frame(64); // expected-note 2 {{'count' is declared with 'yields_of(int)' here}}

void plain(void) {
  count(3); // expected-error {{'plain' does not yield and calls the generator 'count', whose values would go nowhere; take them with coro_for, or with coro_next from a coro_task(count) [coro-effect]}}
}
int main(void) {
  count(3); // expected-error {{'main' does not yield and calls the generator 'count'}}
}

// Elsewhere it is no call, or its values have a place to go.
unsigned long size(void) { return sizeof(*(count(1), (char *)0)); }
yields_of(int) void outer(void) { count(2); }
