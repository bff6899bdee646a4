// RUN: %coro -fsyntax-only -Xclang -verify %s
// What another attribute promises and a function that yields cannot keep.
#include <coro/coro.h>

__attribute__((naked)) yields void naked(void);                                // expected-error {{a function with 'naked' cannot yield: it has no frame of its own [coro-attribute]}}
__attribute__((constructor)) yields void constructor(void) { coro_suspend(); } // expected-error {{a function with 'constructor' cannot yield}}
__attribute__((destructor)) yields void destructor(void) { coro_suspend(); }   // expected-error {{a function with 'destructor' cannot yield}}
