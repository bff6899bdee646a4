// RUN: %coro -fsyntax-only -Xclang -verify %s
// A table that holds what its fields do not say is good for generics alone.
#include <coro/coro.h>

struct ops {
  const char *name;
  int (*next)(int);
};
// expected-note@+1 {{'last' is declared here}}
struct unused { int (*last)(int); };
static yields int slow(int n) {
  coro_suspend();
  return n;
}
int look(const struct ops *ops);
static const struct ops mixed = {"mixed", slow};
yields_as(ops->next) static int drain(const struct ops *ops) {
  return ops->next(1);
}
yields int fine(void) {
  const struct ops local = {.next = slow};
  return drain(&mixed) + drain(&local) + (int)sizeof(mixed);
}
int given(void) {
  // expected-error@+1 {{'mixed' holds 'slow' in 'next', which does not say so; such a table can only be given to a function that yields as 'next' does [coro-generic]}}
  return look(&mixed);
}
int called(void) {
  // expected-error@+1 {{'mixed' holds 'slow' in 'next'}}
  return mixed.next(1);
}
// Nobody reads 'last' as a generic does.
// expected-error@+1 {{'slow' yields, and 'last' does not say so}}
static const struct unused never = {slow};
int also(void) { return sizeof(never); }
