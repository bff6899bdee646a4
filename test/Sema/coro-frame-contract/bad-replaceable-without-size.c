// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// What another definition may replace needs a size that both keep to.
#include <coro/coro.h>

__attribute__((weak)) yields int weak(int n) { // expected-error {{'weak' may be replaced at link time, so its frame needs a size that every definition keeps to: add coro_frame(N) [coro-frame-contract]}}
  coro_suspend();
  return n;
}
