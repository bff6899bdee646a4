// RUN: %coro -fsyntax-only -Xclang -verify %s
// A cleanup may run while an error is on its way: it catches what it calls.
#include <coro/coro.h>

raises(int) int parse(const char *text); // expected-note {{'parse' is declared with 'raises(int)' here}}
raises(int) void raises_out(int *p);     // expected-note 2 {{'raises_out' is declared with 'raises(int)' here}}
static void catches(int *p) {
  coro_try {
    *p = parse("");
  }
  coro_catch(int, e) {
    *p = e;
  }
}
static void does_not(int *p) {
  *p = parse(""); // expected-error {{'does_not' calls 'parse', which may raise 'int', and itself does not say so}}
}

raises(int) int user(void) {
  int a __attribute__((cleanup(catches))) = 1;
  int b __attribute__((cleanup(does_not))) = 1;
  int c __attribute__((cleanup(raises_out))) = 1; // expected-error {{'raises_out' may raise, and in 'user' it runs where a scope is left: an error may be on its way already; catch it there with coro_try [coro-raise]}}
  coro_try {
    int d __attribute__((cleanup(raises_out))) = 1; // expected-error {{'raises_out' may raise, and in 'user'}}
  }
  coro_catch(int, e) {
    return e;
  }
  return a + b + c;
}
