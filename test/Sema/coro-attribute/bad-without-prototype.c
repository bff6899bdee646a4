// RUN: %coro -std=gnu17 -fsyntax-only -Xclang -verify %s
// Where the parameters are not known there is nothing to bind.
#include <coro/coro.h>

yields int old(); // expected-error {{a function that yields needs a prototype: 'old' says nothing of its parameters; write 'old(void)' where it has none}}
