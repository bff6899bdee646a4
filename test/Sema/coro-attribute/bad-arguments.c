// RUN: %coro -fsyntax-only -Xclang -verify %s
// `yields` takes no argument, coro_frame one constant.
#include <coro/coro.h>

int n;
__attribute__((coro_yields(1))) int with_argument(void); // expected-error {{takes no arguments}}
__attribute__((coro_frame)) int without(void);           // expected-error {{takes one argument}}
__attribute__((__coro_frame__(1, 2))) int two(void);     // expected-error {{takes one argument}}
yields int zero(void) coro_frame(0);                     // expected-error {{coro_frame takes the frame's size in bytes: an integer constant from 1 to 4294967295 [coro-attribute]}}
yields int negative(void) coro_frame(-1);                // expected-error {{coro_frame takes the frame's size in bytes}}
yields int large(void) coro_frame(4294967296);           // expected-error {{coro_frame takes the frame's size in bytes}}
yields int text(void) coro_frame("64");                  // expected-error {{coro_frame takes the frame's size in bytes}}
yields int real(void) coro_frame(64.0);                  // expected-error {{coro_frame takes the frame's size in bytes}}
yields int variable(void) coro_frame(n);                 // expected-error {{coro_frame takes the frame's size in bytes}}
