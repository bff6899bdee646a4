// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | diff %S/Inputs/raised-or-cancelled-at-each-suspension.txt -
// RUN: %coro -O1 -fplugin-arg-coro-spill-all %s %rt -o %t1 && %t1 | diff %S/Inputs/raised-or-cancelled-at-each-suspension.txt -
// RUN: %coro -O2 %s %rt -o %t2 && %t2 | diff %S/Inputs/raised-or-cancelled-at-each-suspension.txt -
// RUN: %coro -O2 -g -fplugin-arg-coro-no-fuse %s %rt -o %t3 && %t3 | diff %S/Inputs/raised-or-cancelled-at-each-suspension.txt -
// RUN: %coro -Os -fplugin-arg-coro-poison-dead %s %rt -o %t4 && %t4 | diff %S/Inputs/raised-or-cancelled-at-each-suspension.txt -
// RUN: %coro -O1 -fsanitize=address,undefined %s %rt -o %t5 && %t5 | diff %S/Inputs/raised-or-cancelled-at-each-suspension.txt -
// Functions that yield raise through each other, and are cancelled after each
// number of polls: both run the same cleanups, which may wait.
#include <coro/coro.h>
#include <stdio.h>
static void close_(const char **n) { printf("close %s\n", *n); }
static yields void wait_close(const char **n) {
  printf("closing %s\n", *n);
  coro_yield_now();
  printf("closed %s\n", *n);
}
raises(int) yields static int leaf(int n) {
  const char *a __attribute__((cleanup(close_))) = "leaf-a";
  const char *b __attribute__((cleanup(wait_close))) = "leaf-b";
  coro_yield_now();
  if (n == 3)
    coro_raise(n * 10);
  coro_yield_now();
  return n;
}
raises(int) yields static int mid(int n) {
  const char *m __attribute__((cleanup(close_))) = "mid";
  int v = leaf(n);
  coro_yield_now();
  return v + 1;
}
static yields void top(int n) {
  coro_try { printf("got %d\n", mid(n)); }
  coro_catch(int, e) { printf("caught %d\n", e); }
}
int main(void) {
  coro_block_on(top, 1);
  coro_block_on(top, 3);
  coro_try { printf("%d\n", coro_block_on(mid, 3)); }
  coro_catch(int, e) { printf("main caught %d\n", e); }
  for (int k = 0; k < 8; k++) {
    coro_context cx = CORO_CONTEXT_INIT;
    coro_task(top) t;
    coro_start(&t, top, 1);
    coro_status s = CORO_PENDING;
    for (int i = 0; i < k && s == CORO_PENDING; i++)
      s = coro_poll(&t, &cx);
    printf("-- cancel after %d: %d\n", k, s);
    int i = 0;
    do
      s = coro_cancel_any(coro_erase(&t), &cx), i++;
    while (s == CORO_PENDING);
    printf("-- %d after %d\n", s, i);
  }
}
