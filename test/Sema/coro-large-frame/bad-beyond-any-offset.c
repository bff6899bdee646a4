// REQUIRES: x86_64
// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// RUN: %coro -O2 -c -o %t.o -Xclang -verify %s
// A limit with a message instead of offsets that wrap.
#include <coro/coro.h>

void use(void *);

yields int huge(void) { // expected-error {{the frame of 'huge' takes 3000000004 bytes; the limit is 2147483647 [coro-large-frame]}} expected-note {{3000000000 bytes of it: 'buffer'}}
  char buffer[3000000000u];
  use(buffer);
  coro_suspend();
  use(buffer);
  return 0;
}
