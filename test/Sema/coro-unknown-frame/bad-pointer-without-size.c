// RUN: %coro -fsyntax-only -Xclang -verify %s
// A call through a pointer takes the size from the pointer's declaration.
#include <coro/coro.h>

typedef yields int (*unsized)(int); // expected-note 0+ {{declared here}}
struct table {
  yields int (*entry)(int); // expected-note {{'entry' is declared here}}
};

yields int parameter(yields int (*p)(int)) { // expected-note {{'p' is declared here}}
  return p(1);                               // expected-error {{the frame of this call's callee has no known size: call through a pointer whose declaration promises one with coro_frame(N), or with coro_try_box(&result, pointer, ...), which takes the frame from the context's allocator, or declare 'parameter' with 'raises(coro_error)' [coro-unknown-frame]}}
}
yields int field(struct table *t) {
  return t->entry(1); // expected-error {{the frame of this call's callee has no known size}}
}
yields int alias(unsized p) { // expected-note {{'p' is declared here}}
  return p(1);                // expected-error {{the frame of this call's callee has no known size}}
}
