// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// libc calls back an ordinary function: it would jump into a descriptor.
#include <coro/coro.h>
#include <stdlib.h>

yields int compare(const void *a, const void *b) {
  coro_suspend();
  return *(const int *)a - *(const int *)b;
}

yields void at_exit(void) { coro_suspend(); }

void plain(int *numbers) {
  qsort(numbers, 1, sizeof *numbers, compare); // expected-error {{'compare' yields, and '__compar' does not say so}}
  atexit(at_exit);                             // expected-error {{'at_exit' yields}}
}
