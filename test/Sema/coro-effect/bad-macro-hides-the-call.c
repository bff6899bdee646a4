// RUN: %coro -fsyntax-only -Xclang -verify %s
// The location is the line that uses the macro.
#include <coro/coro.h>

#define TWICE(x) (get(x) + get(x))
yields int get(int n); // expected-note 2 {{'get' is declared with 'yields' here}}

int plain(int n) {
  return TWICE(n); // expected-error 2 {{'plain' does not yield and calls 'get'}}
}
