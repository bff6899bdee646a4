// RUN: %coro -fsyntax-only -Xclang -verify %s
// The arguments of a call that is written through a word of the header are
// checked like those of any call.
#include <coro/coro.h>

int plain(int n);
yields int waits(int n);
yields int apply(yields int (*f)(int) coro_frame(64), int n) coro_frame(256); // expected-note 4 {{'f' is declared here}}

yields void call(void) {
  coro_try_box(0, apply, plain, 1); // expected-error {{'plain' does not yield, and 'f' is for functions that do}}
  coro_try_box(0, apply, waits, 1);
}

int main(void) {
  coro_task(apply) task;
  coro_start(&task, apply, plain, 1);                            // expected-error {{'plain' does not yield}}
  coro_free(coro_new(&coro_allocator_default, apply, plain, 1)); // expected-error {{'plain' does not yield}}
  return coro_block_on(apply, plain, 1) +                        // expected-error {{'plain' does not yield}}
         coro_block_on(apply, waits, 2);
}
