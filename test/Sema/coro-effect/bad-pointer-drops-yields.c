// RUN: %coro -fsyntax-only -Xclang -verify %s
// A pointer that does not say `yields` would be called as an ordinary function.
#include <coro/coro.h>

yields int w(int n) {
  coro_suspend();
  return n;
}

int (*global)(int) = w; // expected-error {{'w' yields, and 'global' does not say so}} expected-note {{'global' is declared here}}
struct table {
  int (*entry)(int); // expected-note 1+ {{'entry' is declared here}}
};
struct table table = {w};           // expected-error {{yields, and 'entry' does not say so}}
struct table named = {.entry = &w}; // expected-error {{'w' yields, and 'entry' does not say so}}

void take(int (*parameter)(int)); // expected-note {{'parameter' is declared here}}

void plain(struct table *t) {
  int (*local)(int) = w; // expected-error {{'w' yields, and 'local' does not say so}} expected-note {{'local' is declared here}}
  (void)local;
  take(w);      // expected-error {{'w' yields, and 'parameter' does not say so}}
  t->entry = w; // expected-error {{'w' yields, and 'entry' does not say so}}
}

int cast(void) {
  return ((int (*)(int))w)(1); // expected-error {{'w' yields, and this type does not say so}}
}
