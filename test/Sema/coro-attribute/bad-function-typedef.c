// RUN: %coro -fsyntax-only -Xclang -verify %s
// A function says it on its own declaration, where a reader sees it.
#include <coro/coro.h>

typedef yields int function(int); // expected-error {{'yields' belongs on a function or on a declarator of function-pointer type; 'function' is neither}}
typedef yields int (*pointer)(int);
