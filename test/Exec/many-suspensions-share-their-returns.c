// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | %filecheck %s
// RUN: %coro -O2 -Wall -Werror %s %rt -o %t2 && %t2 | %filecheck %s
// RUN: %coro -Os -fplugin-arg-coro-poison-dead -Wall -Werror %s %rt -o %ts && %ts | %filecheck %s
// Beyond 256 suspensions, some return by the same block: each still with its
// own status and state.
#include <coro/coro.h>
#include <stdio.h>

static coro_context cx = CORO_CONTEXT_INIT;

#define TIMES4(S) S S S S
#define TIMES16(S) TIMES4(S) TIMES4(S) TIMES4(S) TIMES4(S)
#define TIMES64(S) TIMES16(S) TIMES16(S) TIMES16(S) TIMES16(S)
#define TIMES320(S) TIMES64(S) TIMES64(S) TIMES64(S) TIMES64(S) TIMES64(S)

yields yields_of(int) static void numbers(int n) {
  TIMES320(if (n % 4 == 0) coro_suspend(); coro_yield(n); n++;)
}

static __attribute__((noinline)) yields int waits(int n) {
  if (n % 2)
    coro_suspend();
  return n;
}

// Waits for a callee that is known, and for one that is not.
static yields int sum(int n, yields int (*other)(int) coro_frame(64)) {
  int s = 0;
  TIMES320(s += n % 5 ? waits(n) : other(n); n++;)
  return s;
}

int main(void) {
  int values = 0, total = 0, waited = 0, status;
  coro_task(numbers) g;
  coro_start(&g, numbers, 1);
  while ((status = coro_poll(&g, &cx)) != CORO_DONE)
    if (status == CORO_YIELDED)
      values++, total += g.yielded;
    else
      waited++;
  // CHECK: 320 51360 80
  printf("%d %d %d\n", values, total, waited);
  coro_task(sum) t;
  coro_start(&t, sum, 0, waits);
  int polls = 1;
  while (coro_poll(&t, &cx) == CORO_PENDING)
    polls++;
  // CHECK-NEXT: 51040 161
  printf("%d %d\n", t.result, polls);
  coro_start(&t, sum, 0, waits);
  for (int i = 0; i < 100; i++)
    coro_poll(&t, &cx);
  coro_request_cancel(&t);
  while ((status = coro_poll(&t, &cx)) == CORO_PENDING)
    ;
  // CHECK-NEXT: cancelled
  puts(status == CORO_CANCELLED ? "cancelled" : "not");
}
