// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// Checked where the function is defined: by how much, and the largest things.
#include <coro/coro.h>

void use(void *);

yields int promises(void) coro_frame(67);
yields int promises(void) { // expected-error {{the frame of 'promises' takes 68 bytes, 1 more than its coro_frame(67) [coro-frame-contract]}} expected-note {{64 bytes of it: 'buffer'}}
  char buffer[64];
  use(buffer);
  coro_suspend();
  use(buffer);
  return 0;
}

coro_frame(4) yields char result(void) { // expected-error {{the frame of 'result' takes 5 bytes, 1 more than its coro_frame(4)}}
  coro_suspend();
  return 1;
}
