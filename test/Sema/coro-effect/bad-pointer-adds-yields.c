// RUN: %coro -fsyntax-only -Xclang -verify %s
// A pointer that says `yields` points to a descriptor, which plain functions
// do not have.
#include <coro/coro.h>

int plain(int n) { return n; }

yields int (*pointer)(int) coro_frame(64) = plain; // expected-error {{'plain' does not yield, and 'pointer' is for functions that do}} expected-note {{'pointer' is declared here}}
