// RUN: %coro %cflags -O2 -c -o %t.o -Xclang -verify %s
// Attributes that a coroutine carries, and some that its parts must not keep.
// expected-no-diagnostics
#include <coro/coro.h>

__attribute__((cold, noinline)) yields int cold(int n) {
  coro_suspend();
  return n;
}
__attribute__((const)) yields int constant(int n) { return cold(n); }
__attribute__((pure, warn_unused_result)) yields int pure(int n) {
  return constant(n);
}
__attribute__((used)) static yields int used(int n) { return pure(n); }
__attribute__((visibility("hidden"))) yields int hidden(int n) {
  return used(n);
}
__attribute__((section(".text.own"))) yields int section(int n) {
  return hidden(n);
}
__attribute__((always_inline)) static inline yields int inlined(int n) {
  return section(n);
}
__attribute__((weak)) yields int weak(int n) coro_frame(64);
yields int weak(int n) { return inlined(n); }
_Noreturn yields void endless(void) {
  for (;;)
    coro_suspend();
}
__attribute__((malloc, returns_nonnull)) yields void *memory(int n) {
  static char bytes[9];
  weak(n);
  return bytes;
}
yields int all(int n) {
  memory(n);
  endless();
}
