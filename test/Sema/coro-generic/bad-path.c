// RUN: %coro -fsyntax-only -Xclang -verify %s
// A path leads from a parameter to a function pointer or an integer.
#include <coro/coro.h>

struct later;
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
// expected-error@+1 {{'yields_as(f+1)': that is no parameter with fields behind it}}
yields_as(f + 1) int computed(int (*f)(int));
// expected-error@+1 {{'yields_as(ops[0].next)': that is no parameter with fields behind it}}
yields_as(ops[0].next) int element(const struct ops *ops);
// expected-error@+1 {{'yields_as(*ops)': that is no parameter with fields behind it}}
yields_as(*ops) int object(const struct ops *ops);
// expected-error@+1 {{'yields_as(later->next)': 'struct later' is not complete here}}
yields_as(later->next) int incomplete(struct later *later);
// expected-note@+1 {{'disagrees' is declared here}}
yields_as(f) int disagrees(int (*f)(int), int (*g)(int));
// expected-error@+1 {{this declaration of 'disagrees' says 'yields_as(g)', and an earlier one 'yields_as(f)' [coro-effect]}}
yields_as(g) int disagrees(int (*f)(int), int (*g)(int));
yields_as(f) int renames(int (*f)(int), int (*g)(int));
yields_as(g) int renames(int (*g)(int), int (*f)(int));
// expected-error@+1 {{'yields_as' belongs on a function; 'pointer' is none}}
yields_as(f) int (*pointer)(int (*f)(int));
// expected-error@+1 {{'raises_as(h)': 'raising' has no parameter 'h'}}
raises_as(h) int raising(int (*f)(int));
// expected-error@+1 {{a function with 'weak' cannot yield: another body may replace the one that was specialised}}
yields_as(f) __attribute__((weak)) int replaced(int (*f)(int)) { return f(1); }
// expected-error@+1 {{'main' cannot yield: nobody could resume it}}
yields_as(count) int main(int count, char **arguments) { return !arguments; }
