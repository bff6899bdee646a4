// RUN: %coro -fsyntax-only -Xclang -verify %s
// A path leads from a parameter to a function pointer or an integer.
#include <coro/coro.h>

struct ops {
  int (*next)(int);
  int count;
};
// expected-error@+1 {{'yields_as(g)': 'missing' has no parameter 'g'; name a function-pointer or integer parameter, or a field reached from a pointer parameter, as in ops->next [coro-attribute]}}
yields_as(g) int missing(int (*f)(int));
// expected-error@+1 {{'yields_as(ops->last)': 'const struct ops *' has no field '->last'}}
yields_as(ops->last) int no_field(const struct ops *ops);
// expected-error@+1 {{'yields_as(ops.next)': 'const struct ops *' has no field '.next'}}
yields_as(ops.next) int dot(const struct ops *ops);
// expected-error@+1 {{'yields_as(ops->count)': that field is no function pointer}}
yields_as(ops->count) int number(const struct ops *ops);
// expected-error@+1 {{'yields_as(x)': it is neither a function pointer nor an integer}}
yields_as(x) int real(double x);
// expected-error@+1 {{'yields_as(x)': it is volatile}}
yields_as(x) int changing(volatile int x);
// expected-error@+1 {{'yields_as(g)': it is 'f' already}}
yields_as(f) yields_as(g) int two(int (*f)(int), int (*g)(int));
// expected-error@+1 {{'yields_as' belongs on a function or on a declarator of function-pointer type; 'pointer' is neither}}
yields_as(f) int (*pointer)(int (*f)(int));
// expected-error@+1 {{'raises_as(h)': 'raising' has no parameter 'h'}}
raises_as(h) int raising(int (*f)(int));
// expected-error@+1 {{a function with 'weak' cannot yield: another body may replace the one that was specialised}}
yields_as(f) __attribute__((weak)) int replaced(int (*f)(int)) { return f(1); }
