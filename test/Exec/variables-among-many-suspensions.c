// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 > %t.expected
// RUN: %coro -O2 -Wall -Werror %s %rt -o %t2 && %t2 | diff %t.expected -
// RUN: %coro -Os -fplugin-arg-coro-poison-dead -fplugin-arg-coro-no-fuse -Wall -Werror %s %rt -o %ts && %ts | diff %t.expected -
// RUN: %filecheck %s < %t.expected
// Beyond 256 suspensions each block takes the addresses of variables for
// itself: through pointers that may be of either, in loops, beside callees.
#include <coro/coro.h>
#include <stdio.h>

static coro_context cx = CORO_CONTEXT_INIT;

#define TIMES4(S) S S S S
#define TIMES16(S) TIMES4(S) TIMES4(S) TIMES4(S) TIMES4(S)
#define TIMES64(S) TIMES16(S) TIMES16(S) TIMES16(S) TIMES16(S)
#define TIMES320(S) TIMES64(S) TIMES64(S) TIMES64(S) TIMES64(S) TIMES64(S)

static __attribute__((noinline)) void touch(int *p) { *p += 3; }

static __attribute__((noinline)) yields int child(int n) {
  int kept = n;
  touch(&kept);
  if (n & 1)
    coro_suspend();
  touch(&kept);
  return kept;
}

static yields long sum(int n) {
  long s = 0;
  int a[4] = {n, 1, 2, 3};
  TIMES320({
    int x = n + 1;
    int *p = n % 3 ? &x : &a[n & 3];
    touch(p);
    for (int i = 0; i < n % 3; i++) {
      coro_suspend();
      touch(&x);
      *p += i;
    }
    s += x + *p + child(n);
    a[n & 3]++;
    n++;
  })
  return s + a[0] + a[1] + a[2] + a[3];
}

int main(void) {
  coro_task(sum) t;
  coro_start(&t, sum, 5);
  int polls = 1;
  while (coro_poll(&t, &cx) == CORO_PENDING)
    polls++;
  // CHECK: 155771 481
  printf("%ld %d\n", t.result, polls);
}
