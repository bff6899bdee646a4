// RUN: %coro -O0 -DDEFINES -c %s -o %t.defines.O0.o
// RUN: %coro -O2 -DDEFINES -c %s -o %t.defines.O2.o
// RUN: %coro -O0 -c %s -o %t.uses.O0.o
// RUN: %coro -O2 -c %s -o %t.uses.O2.o
// RUN: %coro %t.defines.O0.o %t.uses.O2.o %rt -o %t && %t | %filecheck %s
// RUN: %coro %t.defines.O2.o %t.uses.O0.o %rt -o %t && %t | %filecheck %s
// A declaration says what a consumer has to know: the type of the values, and
// how large a frame may be.
#include <coro/coro.h>
#include <stdio.h>

struct point {
  short x, y, z;
};
yields_of(struct point) char line(int n) coro_frame(64);
yields yields_of(long) struct point slow(int n) coro_frame(96);
yields_of(int) resumes_with(double) long sums(void) coro_frame(64);

#ifdef DEFINES
yields_of(struct point) char line(int n) {
  for (short i = 0; i < n; i++)
    coro_yield((struct point){i, i * 2, i * 3});
  return 'e';
}
yields yields_of(long) struct point slow(int n) {
  for (long i = 0; i < n; i++) {
    coro_yield_now();
    coro_yield(i << 40);
  }
  return (struct point){1, 2, n};
}
yields_of(int) resumes_with(double) long sums(void) {
  double sum = 0, got;
  while (sum < 10) {
    coro_yield_receive((int)sum, &got);
    sum += got;
  }
  return (long)sum;
}
#else
yields_of(struct point) static int longer(int n) { return line(n) + line(1); }
yields static int waits(int n) {
  coro_task(slow) t;
  coro_start(&t, slow, n);
  long sum = 0;
  while (coro_next(&t))
    sum += t.yielded >> 40;
  printf("%ld %d\n", sum, t.result.z);
  return 0;
}
int main(void) {
  coro_for(struct point p, longer, 3) printf("%d,%d,%d ", p.x, p.y, p.z);
  puts("");
  coro_block_on(waits, 4);
  coro_task(sums) s;
  coro_start(&s, sums);
  coro_next(&s);
  while (coro_send(&s, s.yielded + 1.5))
    printf("%d ", s.yielded);
  printf("%ld\n", s.result);
  return 0;
}
#endif
// CHECK: 0,0,0 1,2,3 2,4,6 0,0,0
// CHECK-NEXT: 6 4
// CHECK-NEXT: 1 4 9 20
