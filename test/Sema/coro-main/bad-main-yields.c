// RUN: %coro -fsyntax-only -Xclang -verify %s
// Nobody could resume main.
#include <coro/coro.h>

yields int main(void) { // expected-error {{'main' cannot yield: nobody could resume it; move its body into a function that yields and call that with coro_block_on [coro-main]}}
  coro_suspend();
  return 0;
}
