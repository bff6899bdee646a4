// RUN: %coro -fsyntax-only -Xclang -verify %s
// A pointer to a pointer says what its typedef says, and its call what that
// says; an atomic pointer is like any other.
#include <coro/coro.h>

yields int waits(int n) coro_frame(64);
int plain(int n);
typedef yields int (*waiter)(int) coro_frame(64);

static yields int (*table[2])(int) coro_frame(64) = {waits, waits}; // expected-note {{'table' is declared with 'yields' here}}
static waiter typed[2] = {waits, waits};
static waiter *first(void) { return typed; }
static int (**wrong(void))(int) { return typed; }                // expected-error {{'typed' yields, and the result of 'wrong' does not say so}}
static yields int (*_Atomic shared)(int) coro_frame(64) = waits; // expected-note {{'shared' is declared here}} expected-note {{'shared' is declared with 'yields' here}}

void keep(int (**p)(int)); // expected-note {{'p' is declared here}}
void pointers(void) {
  waiter *good = table;
  int (**bad)(int) = table;             // expected-error {{'table' yields, and 'bad' does not say so, so a call through it would not wait for it; declare it with a typedef that says 'yields' [coro-effect]}} expected-note {{'bad' is declared here}}
  int (*const *worse)(int) = typed + 1; // expected-error {{'typed' yields, and 'worse' does not say so}} expected-note {{'worse' is declared here}}
  keep(good);                           // expected-error {{'good' yields, and 'p' does not say so}}
  shared = plain;                       // expected-error {{'plain' does not yield, and 'shared' is for functions that do}}
}
int calls(void) {
  first()[1](1);     // expected-error {{'calls' does not yield and calls 'the function pointed to', which does}}
  (*(table + 1))(2); // expected-error {{'calls' does not yield and calls 'table', which does}}
  return shared(3);  // expected-error {{'calls' does not yield and calls 'shared', which does}}
}
