// RUN: %corocc -O2 -flto -DONE -c %s -o %t.one.o
// RUN: %corocc -O2 -flto -DTWO -c %s -o %t.two.o
// RUN: %not %corocc -O2 -flto %t.one.o %t.two.o -o %t 2> %t.err
// RUN: %filecheck %s < %t.err
// Each unit alone knows nothing of the circle.
#include <coro/coro.h>

yields int one(int n);
yields int two(int n);

#ifdef ONE
yields int one(int n) { return n ? two(n - 1) : 0; }
int main(void) { return coro_block_on(one, 3); }
#else
yields int two(int n) {
  coro_yield_now();
  return one(n);
}
#endif
// CHECK: error: {{.*}}'{{one|two}}'{{.*}}[coro-recursion]
