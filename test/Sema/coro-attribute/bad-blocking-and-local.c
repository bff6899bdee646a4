// RUN: %coro -fsyntax-only -Xclang -verify %s
// What the attributes about threads may not stand on.
#include <coro/coro.h>

// A function cannot do both.
// expected-error@+1 {{a function with 'coro_blocking' cannot yield: a call to it waits and does not block [coro-attribute]}}
coro_blocking yields int both(int n);

// expected-error@+1 {{'coro_blocking' belongs on a function or on a declarator of function-pointer type; 'count' is neither [coro-attribute]}}
coro_blocking int count;
// expected-error@+1 {{'coro_blocking' belongs on a function or on a declarator of function-pointer type; 'box' is neither [coro-attribute]}}
struct coro_blocking box {
  int n;
};

// expected-error@+1 {{'coro_local' belongs on a struct, union, enum, typedef, variable or member; 'function' is none of these [coro-attribute]}}
coro_local int function(int n);
// expected-error@+1 {{'coro_sends' belongs on a parameter; 'given' is none [coro-attribute]}}
CORO_SENDS int given;
