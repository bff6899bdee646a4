// RUN: %coro -std=gnu23 -fsyntax-only -Xclang -verify %s
// The standard spelling is an attribute of a declaration.
#define CORO_NO_KEYWORDS
#include <coro/coro.h>

int of_type(int n) [[coro::yields]]; // expected-error {{cannot be applied to types}}

void statement(void) {
  [[coro::yields]]; // expected-error {{cannot be applied to a statement}}
}
