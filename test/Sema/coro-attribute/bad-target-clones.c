// REQUIRES: x86_64
// RUN: %coro -fsyntax-only -Xclang -verify %s
// One version for each processor: nobody could choose among the parts. Where
// the attribute stands behind `yields`, clang is there first.
#include <coro/coro.h>

__attribute__((target_clones("avx2", "default"))) yields int in_front(void) { // expected-error {{a function with 'target_clones' cannot yield: its parts would be chosen one by one; choose in a function that does not yield and call that [coro-attribute]}}
  coro_suspend();
  return 1;
}
yields int behind(void) __attribute__((target_clones("avx2", "default"))); // expected-error {{a function with 'target_clones' cannot yield}} expected-error {{cannot be combined with attribute 'annotate'}}
__attribute__((cpu_dispatch(generic))) yields int dispatched(void);        // expected-error {{a function with 'cpu_dispatch' cannot yield}}
