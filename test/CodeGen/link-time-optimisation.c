// REQUIRES: lld
// RUN: %coro -O2 -flto -c %s -o %t.full.o
// RUN: %coro -O2 -flto -DOTHER -c %s -o %t.full-other.o
// RUN: %clang -O2 -flto -fuse-ld=lld %t.full.o %t.full-other.o %rt -o %t.full
// RUN: %t.full
// RUN: %coro -O2 -flto=thin -c %s -o %t.thin.o
// RUN: %coro -O2 -flto=thin -DOTHER -c %s -o %t.thin-other.o
// RUN: %clang -O2 -flto=thin -fuse-ld=lld %t.thin.o %t.thin-other.o %rt -o %t.thin
// RUN: %t.thin
// RUN: %clang -O2 -flto=thin -fuse-ld=lld %t.full.o %t.thin-other.o %rt -o %t.mixed
// RUN: %t.mixed
// The passes run where a file is compiled; the linker needs no plugin.
#include <coro/coro.h>

yields int elsewhere(int n, long *p) coro_frame(64);
#ifdef OTHER
yields int elsewhere(int n, long *p) {
  int sum = 0;
  for (int i = 0; i < n; i++) {
    *p += i;
    coro_yield_now();
    sum += (int)*p;
  }
  return sum;
}
#else
static yields int body(int n) {
  long total = 0;
  return elsewhere(n, &total) + (int)total;
}
int main(void) { return coro_block_on(body, 5) - 30; }
#endif
