// RUN: %coro %cflags -O1 -c -o %t.o -Xclang -verify %s
// Elsewhere setjmp works, and longjmp may be called anywhere.
// expected-no-diagnostics
#include <coro/coro.h>
#include <setjmp.h>

static jmp_buf buffer;

static yields int body(int n) {
  coro_yield_now();
  if (n > 3)
    longjmp(buffer, n);
  return (int)sizeof(setjmp(buffer));
}

int guarded(int n) {
  if (setjmp(buffer))
    return -1;
  return coro_block_on(body, n);
}
