// RUN: %coro -fsyntax-only -Xclang -verify %s
// coro_yield converts its value as an initialiser does, and clang says where it
// cannot; the type it names is the one the generator was declared with.
#include <coro/coro.h>

struct pair {
  int a, b;
};
struct other {
  int a, b;
};
typedef struct pair twin;

yields_of(int) void ints(struct pair p, const char *text) {
  coro_yield(p);    // expected-error {{initializing 'int' with an expression of incompatible type 'struct pair'}}
  coro_yield(text); // expected-error {{incompatible pointer to integer conversion initializing 'int' with an expression of type 'const char *'}}
  coro_yield(2.5);  // expected-warning {{implicit conversion from 'double' to 'int' changes value from 2.5 to 2}}
}
yields_of(struct pair) void pairs(struct other o, twin t) {
  coro_yield(o); // expected-error {{initializing 'struct pair' with an expression of incompatible type 'struct other'}}
  coro_yield(1); // expected-error {{initializing 'struct pair' with an expression of incompatible type 'int'}}
  coro_yield(t);
}
yields_of(twin) void twins(int n) {
  coro_yield(n); // expected-error {{initializing 'twin' (aka 'struct pair') with an expression of incompatible type 'int'}}
}
yields_of(char *) void strings(const char *s) {
  coro_yield(s); // expected-warning {{initializing 'char *' with an expression of type 'const char *' discards qualifiers}}
}
yields_of(int) resumes_with(struct pair) void asks(void) {
  int got;
  coro_yield_receive(1, &got); // expected-error {{assigning to 'int' from incompatible type 'struct pair'}}
}
void sends(void);
