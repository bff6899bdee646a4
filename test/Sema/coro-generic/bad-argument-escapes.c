// RUN: %coro -fsyntax-only -fblocks -Xclang -verify %s
// What a generic's effects follow from may be called, tested and passed on.
#include <coro/coro.h>

struct ops {
  int (*next)(int);
  int (*other)(int);
};
int sort(int (*f)(int));
int look(const struct ops *ops);
static int (*kept)(int);

yields_as(f) static int good(int (*f)(int), int n) {
  if (!f || f == kept || (n && f))
    return sizeof(f) + sizeof(*f);
  (void)f;
  while (f && n-- > 0)
    (*f)((f)(n));
  return f ? (*&*f)(n) : 0;
}
yields_as(ops->next) static int reads(const struct ops *ops) {
  int (*other)(int) = ops->other;
  return ops->next && ops ? (*ops).next(1) + other(2) : good(ops->next, 3);
}
yields_as(f) static int kept_aside(int (*f)(int), int n) {
  // expected-error@+1 {{'kept_aside' yields as 'f' does, so 'f' may be called, tested, and passed to a function that yields as it does; it may not be changed or kept elsewhere [coro-generic]}}
  kept = f;
  return n;
}
yields_as(f) static int changed(int (*f)(int), int n) {
  // expected-error@+1 {{'changed' yields as 'f' does}}
  f = kept;
  return f(n);
}
yields_as(f) static int local(int (*f)(int), int n) {
  // expected-error@+1 {{'local' yields as 'f' does}}
  int (*g)(int) = n ? f : 0;
  return g(n);
}
yields_as(f) static int given(int (*f)(int)) {
  // expected-error@+1 {{'given' yields as 'f' does}}
  return sort(f);
}
yields_as(f) static int address(int (*f)(int)) {
  // expected-error@+1 {{'address' yields as 'f' does}}
  int (**p)(int) = &f;
  return (*p)(1);
}
yields_as(ops->next) static int table(const struct ops *ops) {
  // expected-error@+1 {{'table' yields as 'ops->next' does, so 'ops' may be called}}
  return look(ops);
}
yields_as(ops->next) static int field(const struct ops *ops) {
  // expected-error@+1 {{'field' yields as 'ops->next' does}}
  int (*g)(int) = ops->next;
  return g(1);
}
yields_as(f) static int last(int (*f)(int)) {
  // expected-error@+1 {{'last' yields as 'f' does}}
  return ({ f; })(1);
}
yields_as(f) static int block(int (*f)(int)) {
  // clang-format off
  // expected-error@+1 {{'block' yields as 'f' does}}
  return ^{ return f(1); }();
  // clang-format on
}
yields_as(flag) static int counted(int flag) {
  int n = 0;
  // expected-error@+1 {{'counted' yields or not by the value of 'flag', so 'flag' may be read; it may not be changed, nor its address taken [coro-generic]}}
  while (flag--)
    n++;
  return n;
}
int uses(const struct ops *ops) {
  return good(0, 1) + reads(ops) + kept_aside(0, 1) + changed(0, 1) +
         local(0, 1) + given(0) + address(0) + table(ops) + field(ops) +
         last(0) + block(0) + counted(0);
}
