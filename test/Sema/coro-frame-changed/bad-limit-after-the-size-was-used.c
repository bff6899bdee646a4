// RUN: %coro -O0 -c -o %t.o -Xclang -verify %s
// The size has been a constant of the program by then.
#include <coro/coro.h>

yields int f(int n) {
  coro_suspend();
  return n;
}
unsigned long size = sizeof(coro_task(f));
yields int f(int n) coro_frame(64); // expected-error {{the frame of 'f' takes 64 bytes and its task type was given 8 when it was first used}} expected-note 0+ {{bytes of it}}
