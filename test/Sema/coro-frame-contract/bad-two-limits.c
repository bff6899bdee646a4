// RUN: %coro -fsyntax-only -Xclang -verify %s
// All declarations promise the same size, for each may be all a caller sees.
#include <coro/coro.h>

yields int f(int n) coro_frame(64);
yields int f(int n) coro_frame(64); // expected-note {{'f' is declared here}}
yields int f(int n) coro_frame(32); // expected-error {{this declaration of 'f' promises coro_frame(32), and an earlier one coro_frame(64) [coro-frame-contract]}}
