// RUN: %coro -fsyntax-only -Xclang -verify %s
// All declarations promise the same size, for each may be all a caller sees.
#include <coro/coro.h>

yields int f(int n) coro_frame(64);
yields int f(int n) coro_frame(64); // expected-note {{'f' is declared here}}
yields int f(int n) coro_frame(32); // expected-error {{this declaration of 'f' promises coro_frame(32), and an earlier one coro_frame(64) [coro-frame-contract]}}

// On one declaration as well.
yields int twice(void) coro_frame(8) coro_frame(64);      // expected-error {{this coro_frame(64) follows a coro_frame(8) on the same declaration of 'twice'; keep one of them [coro-frame-contract]}}
coro_frame(8) yields int around(void) coro_frame(64);     // expected-error {{this coro_frame(64) follows a coro_frame(8) on the same declaration of 'around'}}
yields int (*pointer)(void) coro_frame(8) coro_frame(64); // expected-error {{this coro_frame(64) follows a coro_frame(8) on the same declaration of 'pointer'}}
yields int same(void) coro_frame(8) coro_frame(8);
