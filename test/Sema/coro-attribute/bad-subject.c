// RUN: %coro -fsyntax-only -Xclang -verify %s
// The effect words belong on functions and function pointers.
#include <coro/coro.h>

yields int variable;      // expected-error {{'yields' belongs on a function or on a declarator of function-pointer type; 'variable' is neither [coro-attribute]}}
typedef yields int alias; // expected-error {{'alias' is neither}}
struct yields record {    // expected-error {{'record' is neither}}
  yields int field;       // expected-error {{'field' is neither}}
  yields int (*good)(void);
};
enum __attribute__((coro_yields)) e { // expected-error {{'e' is neither}}
  A __attribute__((coro_yields))      // expected-error {{'A' is neither}}
};
void parameter(yields int p); // expected-error {{'p' is neither}}
yields int f(void), second;   // expected-error {{'second' is neither}}
int limited coro_frame(64);   // expected-error {{'coro_frame' belongs on a function or on a declarator of function-pointer type; 'limited' is neither}}

void labels(void) {
  goto l;
l:
  __attribute__((coro_yields)); // expected-error {{'l' is neither}}
}

void statements(void) {
  __attribute__((coro_yields)); // expected-error {{cannot be applied to a statement}}
}
