// REQUIRES: lld, x86_64
// RUN: %coro -O2 -g -flto -fplugin-arg-coro-frames=%t.json -c %s -o %t.o
// RUN: %clang -O2 -g -flto -fuse-ld=lld %t.o %rt -o %t.full && %t.full && %python %S/Inputs/same-frames.py %build/bin/coro-frames %t.json %t.full
// RUN: %coro -O2 -g -flto=thin -c %s -o %t.thin.o
// RUN: %clang -O2 -g -flto=thin -fuse-ld=lld %t.thin.o %rt -o %t.thin && %t.thin && %python %S/Inputs/same-frames.py %build/bin/coro-frames %t.json %t.thin
// Records go through bitcode to the program.
#include <coro/coro.h>

__attribute__((noinline)) yields int next(int n) {
  coro_yield_now();
  return n + 1;
}
int main(void) { return coro_block_on(next, 1) - 2; }
