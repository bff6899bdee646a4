// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | diff %S/Inputs/cancelled-at-once-or-on-request.txt -
// RUN: %coro -O1 -fplugin-arg-coro-spill-all %s %rt -o %t1 && %t1 | diff %S/Inputs/cancelled-at-once-or-on-request.txt -
// RUN: %coro -O2 %s %rt -o %t2 && %t2 | diff %S/Inputs/cancelled-at-once-or-on-request.txt -
// RUN: %coro -O2 -g -fplugin-arg-coro-no-fuse %s %rt -o %t3 && %t3 | diff %S/Inputs/cancelled-at-once-or-on-request.txt -
// RUN: %coro -Os -fplugin-arg-coro-poison-dead %s %rt -o %t4 && %t4 | diff %S/Inputs/cancelled-at-once-or-on-request.txt -
// RUN: %coro -O1 -fsanitize=address,undefined %s %rt -o %t5 && %t5 | diff %S/Inputs/cancelled-at-once-or-on-request.txt -
// coro_cancel_now ends a task at once, coro_request_cancel with the polls to
// come; twice does no harm.
#include <coro/coro.h>
#include <stdio.h>
static void bye(const char **n) { printf("bye %s\n", *n); }
static yields void wbye(const char **n) {
  printf("wbye1 %s\n", *n);
  coro_yield_now();
  printf("wbye2 %s\n", *n);
}
static yields int inner(void) {
  const char *g __attribute__((cleanup(bye))) = "inner";
  coro_yield_now();
  coro_yield_now();
  return 3;
}
static yields int quick(void) {
  const char *g __attribute__((cleanup(bye))) = "quick";
  return inner();
}
static yields int slow(void) {
  const char *g __attribute__((cleanup(wbye))) = "slow";
  coro_yield_now();
  coro_yield_now();
  return 1;
}
int main(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_task(quick) q;
  coro_start(&q, quick);
  coro_poll(&q, &cx);
  printf("now %d\n", coro_cancel_now(&q));
  printf("now %d\n", coro_cancel_any(coro_erase(&q), &cx));
  for (int k = 0; k < 5; k++) {
    coro_task(slow) s;
    coro_start(&s, slow);
    coro_status st = CORO_PENDING;
    for (int i = 0; i < k; i++)
      st = coro_poll(&s, &cx);
    printf("-- %d %d\n", k, st);
    coro_request_cancel(&s);
    do {
      st = coro_poll(&s, &cx);
      printf("poll %d\n", st);
    } while (st == CORO_PENDING);
    printf("again %d\n", coro_poll(&s, &cx));
  }
}
