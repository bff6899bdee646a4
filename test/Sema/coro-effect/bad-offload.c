// RUN: %coro -fsyntax-only -Xclang -verify %s
// coro_offload suspends, takes the name of an ordinary function, and arguments
// for it.
#include <coro/coro.h>

int plain(int n);
yields int waits(int n) coro_frame(64); // expected-note {{'waits' is declared here}}
yields_of(int) void values(void);       // expected-note {{'values' is declared here}}
yields_as(f) int map(int (*f)(int));    // expected-note {{'map' is declared here}}
raises(int) int may(void);              // expected-note {{'may' is declared here}}
int print(const char *format, ...);     // expected-note {{'print' is declared here}}

int caller(void) {
  return coro_offload(plain, 1); // expected-error {{coro_offload() suspends, and 'caller' does not yield; declare 'caller' with 'yields' [coro-effect]}}
}

yields void all(int (*pointer)(int)) {
  coro_offload(pointer, 1);  // expected-error {{coro_offload takes the name of a function, to run it on another thread; give it that of one which calls this [coro-effect]}}
  coro_offload(waits, 1);    // expected-error {{coro_offload runs ordinary functions on another thread, and 'waits' yields; call it as it is, and offload what blocks in it [coro-effect]}}
  coro_offload(values);      // expected-error {{coro_offload runs ordinary functions on another thread, and 'values' yields}}
  coro_offload(map, 0);      // expected-error {{coro_offload runs ordinary functions on another thread, and 'map' yields}}
  coro_offload(may);         // expected-error {{coro_offload runs ordinary functions on another thread, and 'may' raises}}
  coro_offload(print, "%d"); // expected-error {{'print' takes variable arguments, and coro_offload has to know the types of what it hands to another thread; give it a function with a fixed list of parameters [coro-effect]}}
  coro_offload(plain);       // expected-error {{too few arguments to function call}}
  coro_offload(plain, "1");  // expected-error {{incompatible pointer to integer conversion}}
}
yields_of(int) void generator(void) {
  coro_yield(coro_offload(plain, 1)); // expected-error {{'generator' yields values and does not wait: coro_offload() needs 'yields' beside 'yields_of' [coro-effect]}}
}
