// RUN: %coro -fsyntax-only -Xclang -verify %s
// A function that yields waits instead of blocking its thread.
#include <coro/coro.h>

yields int other(int n) {
  coro_suspend();
  return n;
}
yields int blocks(int n) {
  coro_suspend();
  return coro_block_on(other, n); // expected-error {{coro_block_on blocks the thread, and 'blocks' yields: call 'other' as it is, and wait for it [coro-blocking-call]}}
}
yields int itself(int n) {
  coro_suspend();
  return coro_block_on(itself, n); // expected-error {{coro_block_on blocks the thread, and 'itself' yields}}
}
