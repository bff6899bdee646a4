// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | diff %S/Inputs/generators-left-early-are-cancelled.txt -
// RUN: %coro -O1 -fplugin-arg-coro-spill-all %s %rt -o %t1 && %t1 | diff %S/Inputs/generators-left-early-are-cancelled.txt -
// RUN: %coro -O2 %s %rt -o %t2 && %t2 | diff %S/Inputs/generators-left-early-are-cancelled.txt -
// RUN: %coro -O2 -g -fplugin-arg-coro-no-fuse %s %rt -o %t3 && %t3 | diff %S/Inputs/generators-left-early-are-cancelled.txt -
// RUN: %coro -Os -fplugin-arg-coro-poison-dead %s %rt -o %t4 && %t4 | diff %S/Inputs/generators-left-early-are-cancelled.txt -
// RUN: %coro -O1 -fsanitize=address,undefined %s %rt -o %t5 && %t5 | diff %S/Inputs/generators-left-early-are-cancelled.txt -
// However a loop over a generator is left, and however the loop's function
// ends, the generator cleans up, once.
#include <coro/coro.h>
#include <stdio.h>
static void bye(const char **n) { printf("  bye %s\n", *n); }
static yields void wbye(const char **n) {
  printf("  wbye1 %s\n", *n);
  coro_yield_now();
  printf("  wbye2 %s\n", *n);
}
yields_of(int) static void count(int n) {
  const char *g __attribute__((cleanup(bye))) = "gen";
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
yields yields_of(int) static void slow(int n) {
  const char *g __attribute__((cleanup(wbye))) = "slow";
  for (int i = 0; i < n; i++) {
    coro_yield_now();
    coro_yield(i);
  }
}
raises(int) yields_of(int) static void bad(int n) {
  const char *g __attribute__((cleanup(bye))) = "bad";
  for (int i = 0; i < n; i++) {
    if (i == 2)
      coro_raise(77);
    coro_yield(i);
  }
}
static int find(int x) {
  coro_for(int i, count, 10) if (i == x) return i * 2;
  return -1;
}
static yields int wfind(int x) {
  coro_for(int i, slow, 4) {
    if (i == x)
      break;
    printf(" v%d\n", i);
  }
  coro_yield_now();
  return 1;
}
int main(void) {
  printf("find %d\n", find(3));
  printf("find %d\n", find(20));
  printf("wfind %d\n", coro_block_on(wfind, 1));
  printf("wfind %d\n", coro_block_on(wfind, 9));
  coro_try { coro_for(int i, bad, 5) printf("b%d\n", i); }
  coro_catch(int, e) printf("caught %d\n", e);
  for (int k = 0; k < 12; k++) {
    coro_context cx = CORO_CONTEXT_INIT;
    coro_task(wfind) t;
    coro_start(&t, wfind, 2);
    coro_status s = CORO_PENDING;
    printf("== %d\n", k);
    for (int i = 0; i < k && s == CORO_PENDING; i++)
      s = coro_poll(&t, &cx);
    printf("== cancel\n");
    int n = 0;
    do
      s = coro_cancel_any(coro_erase(&t), &cx), n++;
    while (s == CORO_PENDING);
    printf("== %d %d\n", s, n);
  }
}
