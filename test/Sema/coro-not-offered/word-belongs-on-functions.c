// RUN: %coro -fsyntax-only -Xclang -verify %s
#include <coro/coro.h>

coro_needs(spawner) int number;    // expected-error {{'coro_needs_spawner' belongs on a function; 'number' is none [coro-attribute]}}
coro_needs(magic) void cast(void); // expected-warning {{unknown attribute '__coro_needs_magic__' ignored}}
