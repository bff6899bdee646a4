// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// Who knows the promise alone aligns to 16.
#include <coro/coro.h>

void use(void *);

yields int aligned(void) coro_frame(256);
yields int aligned(void) { // expected-error {{the frame of 'aligned' needs an alignment of 64, and coro_frame(N) promises 16 [coro-frame-contract]}} expected-note 0+ {{bytes of it}}
  _Alignas(64) char buffer[64];
  use(buffer);
  coro_suspend();
  use(buffer);
  return 0;
}
