// RUN: %coro -fsyntax-only -Xclang -verify %s
// A function that does not yield cannot call one that does.
#include <coro/coro.h>

// expected-note@+1 2 {{'wait_for' is declared with 'yields' here}}
yields int wait_for(int n) {
  coro_suspend();
  return n;
}

// expected-error@+1 {{'plain' does not yield and calls 'wait_for', which does; make 'plain' yield, or run the call to its end with coro_block_on(wait_for, ...) [coro-effect]}}
int plain(void) { return wait_for(1); }

int blocking(void) { return coro_block_on(wait_for, 1); }
yields int waiting(void) { return wait_for(1); }

// What nothing could resume is not told to yield.
// expected-error@+1 {{'main' does not yield and calls 'wait_for', which does; run the call to its end with coro_block_on(wait_for, ...) [coro-effect]}}
int main(void) { return wait_for(1); }
