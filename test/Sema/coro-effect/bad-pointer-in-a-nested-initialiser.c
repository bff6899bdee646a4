// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// Members are initialised without braces of their own as well.
#include <coro/coro.h>

yields int waits(void);
struct inner {
  int (*call)(void);
};
struct outer {
  struct inner inner;
  union {
    int (*either)(void);
    int n;
  };
};

struct outer named = {.inner.call = waits};         // expected-error {{'waits' yields, and 'call' does not say so}}
struct outer choice = {.either = waits};            // expected-error {{'waits' yields, and 'either' does not say so}}
struct outer without_braces = {waits};              // expected-error {{'waits' yields, and 'call' does not say so}}
struct outer with_braces = {{waits}, {waits}};      // expected-error {{'waits' yields, and 'call' does not say so}} expected-error {{'waits' yields, and 'either' does not say so}}
struct inner several[] = {waits, [1].call = waits}; // expected-error 2 {{'waits' yields, and 'call' does not say so}}
