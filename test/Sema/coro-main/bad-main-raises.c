// RUN: %coro -fsyntax-only -Xclang -verify %s
// Nobody could catch what main raises.
#include <coro/coro.h>

raises(int) int parse(const char *text);

raises(int) int main(void) { // expected-error {{'main' cannot raise: nobody could catch it; catch what its calls raise with coro_try [coro-main]}}
  return parse("");
}
