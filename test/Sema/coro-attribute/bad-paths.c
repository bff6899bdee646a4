// RUN: %coro -fsyntax-only -Xclang -verify %s
// A path is text that names a parameter.
#include <coro/coro.h>

__attribute__((coro_yields_as(3))) void a(int (*f)(void));  // expected-error {{'yields_as()': it names no parameter; name a function-pointer or integer parameter, or a field reached from a pointer parameter, as in ops->next [coro-attribute]}}
__attribute__((coro_raises_as(""))) void b(int (*f)(void)); // expected-error {{'raises_as()': it names no parameter}}
