// RUN: %coro -Werror=incompatible-pointer-types -fsyntax-only -Xclang -verify %s
// What is raised has the type of the coro_catch around it, or else of the
// function, which says so.
#include <coro/coro.h>

struct fault {
  int line;
};
raises(int) int parse(const char *text);     // expected-note 2 {{'parse' is declared with 'raises(int)' here}}
raises(struct fault) int load(const char *); // expected-note {{'load' is declared with 'raises(struct fault)' here}}

int plain(int n) {
  if (n)
    coro_raise(n); // expected-error {{coro_raise in 'plain', which does not say that it raises; declare it with 'raises(int)', or catch the error with coro_try around this [coro-effect]}}
  return n;
}
raises(struct fault) int other(int n) { // expected-note {{'other' is declared here}}
  coro_raise(n);                        // expected-error {{coro_raise is given a value of type 'int', and 'other' raises 'struct fault' [coro-effect]}}
}
raises(int) int mixed(void) {
  int n = 0;
  coro_try {
    n = parse("");
    n = load(""); // expected-error {{the coro_try around this catches 'int', and 'load' may raise 'struct fault'; put one coro_try around each type of error [coro-effect]}}
  }
  coro_catch(int, e) {
    n = load("") + parse(""); // expected-error {{'mixed' calls 'load', which may raise 'struct fault', and itself raises 'int'}} expected-note@10 {{'load' is declared with}}
  }
  coro_try {
    coro_raise(1); // expected-error {{coro_raise is given a value of type 'int', and its coro_catch takes 'struct fault'}}
  }
  coro_catch(struct fault, f) { // expected-note {{'f' is declared here}}
    coro_raise(f);              // expected-error {{coro_raise is given a value of type 'struct fault', and 'mixed' raises 'int'}} expected-note@20 {{'mixed' is declared here}}
  }
  long e;
  coro_catching(&e, parse("")); // expected-error {{the coro_try around this catches 'long', and 'parse' may raise 'int'}}
  return n;
}
void narrow(void) {
  const char *s;
  coro_try {
    int n = 3;
    coro_raise(&n); // expected-error {{incompatible pointer types assigning to 'const char *' from 'int *'}}
  }
  coro_catch(const char *, e) {
    s = e;
  }
  (void)s;
  parse(""); // expected-error {{'narrow' calls 'parse', which may raise 'int', and itself does not say so}}
}
