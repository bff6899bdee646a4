// RUN: %coro -std=c++17 -fsyntax-only -Xclang -verify %s
// C++ sees tasks and the runtime; it cannot define a function that yields.
#include <coro/coro.h>

yields int cxx(int n);          // expected-error {{coro compiles C only: a C++ function cannot yield or raise; put it in a C file and declare it extern "C" through an ordinary function [coro-language]}}
extern "C" yields int c(int n); // expected-error {{coro compiles C only}}
