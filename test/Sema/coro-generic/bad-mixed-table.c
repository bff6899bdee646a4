// RUN: %coro -fsyntax-only -Xclang -verify %s
// A table that holds what its fields do not say is good for generics alone.
#include <coro/coro.h>

struct ops {
  const char *name;
  int (*next)(int);
};
// clang-format off
// expected-note@+1 {{'last' is declared here}}
struct unused { int (*last)(int); };
// clang-format on
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
int not_evaluated(void) {
  __typeof__(mixed) *other = 0;
  return _Generic(mixed, struct ops: sizeof(other), default: 2);
}

// Two fields, each for generics of its own.
struct both {
  int (*in)(int);
  int (*out)(int);
};
struct around {
  struct both both;
};
static const struct both both = {slow, slow};
static const struct around around = {{slow, slow}}, good = {{slow, 0}};
static int fast(int n) { return n; }
static const struct both only_out = {fast, slow};
yields_as(o->in) static int in(const struct both *o) { return o->in(1); }
yields_as(o->out) static int out(const struct both *o) { return o->out(1); }
yields_as(o->in) static int in_and_out(const struct both *o) {
  return o->in(1) + o->out(1); // expected-note 2 {{'in_and_out' reads 'out' here}}
}
yields_as(a->both.in) static int inner(const struct around *a) {
  return in_and_out(&a->both);
}
// expected-note@+1 {{'elsewhere' is declared here}}
yields_as(o->in) int elsewhere(const struct both *o);
yields int fields(void) {
  int n = in(&both) + out(&both) + inner(&good);
  // expected-error@+1 {{'both' holds 'slow' in 'out', which does not say so; such a table can only be given to a function that yields as 'out' does [coro-generic]}}
  n += in_and_out(&both);
  // expected-error@+1 {{'around' holds 'slow' in 'out'}}
  n += inner(&around);
  // expected-error@+1 {{'only_out' holds 'slow' in 'out'}}
  return n + elsewhere(&only_out);
}

// What is known below is known too late.
static const struct ops late;
yields int early(void) { return drain(&late); }
// expected-error@+1 {{'late' is used above, where it is not known yet that it holds 'slow' in 'next', which does not say so; move its initialiser in front of that [coro-generic]}}
static const struct ops late = {"late", slow};

// Nobody reads 'last' as a generic does.
// expected-error@+1 {{'slow' yields, and 'last' does not say so}}
static const struct unused never = {slow};
int also(void) { return sizeof(never); }
