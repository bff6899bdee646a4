// REQUIRES: llvm22
// RUN: %coro -fdefer-ts -O0 -Wall -Werror %s %rt -o %t0 && %t0 | diff %S/Inputs/deferred-blocks-of-functions-that-yield.txt -
// RUN: %coro -fdefer-ts -O1 -fplugin-arg-coro-spill-all %s %rt -o %t1 && %t1 | diff %S/Inputs/deferred-blocks-of-functions-that-yield.txt -
// RUN: %coro -fdefer-ts -O2 %s %rt -o %t2 && %t2 | diff %S/Inputs/deferred-blocks-of-functions-that-yield.txt -
// RUN: %coro -fdefer-ts -Os -fexceptions %s %rt -o %t3 && %t3 | diff %S/Inputs/deferred-blocks-of-functions-that-yield.txt -
// RUN: %coro -fdefer-ts -O2 -fplugin-arg-coro-no-fuse %s %rt -o %t4 && %t4 | diff %S/Inputs/deferred-blocks-of-functions-that-yield.txt -
// RUN: %coro -fdefer-ts -O1 -fsanitize=address,undefined %s %rt -o %t5 && %t5 | diff %S/Inputs/deferred-blocks-of-functions-that-yield.txt -
// _Defer and cleanup functions of one scope, which wait, beside a shield: run
// in the reverse order by an error and where the task is cancelled after each
// number of polls. One that unwinds because of an error when it is cancelled
// does so to its coro_catch, and ends behind that.
#include <coro/coro.h>
#include <stdio.h>
static void bye(const char **n) { printf("  bye %s\n", *n); }
static yields void wbye(const char **n) {
  printf("  wbye1 %s %d\n", *n, coro_cancelled());
  coro_yield_now();
  printf("  wbye2 %s\n", *n);
}
static raises(int) yields int work(int n) {
  const char *a __attribute__((cleanup(bye))) = "a";
  _Defer {
    printf("  defer1 %d\n", n);
    coro_yield_now();
    printf("  defer2\n");
  }
  const char *b __attribute__((cleanup(wbye))) = "b";
  _Defer printf("  short\n");
  for (int i = 0; i < 2; i++) {
    _Defer {
      printf("  loop %d\n", i);
      if (i)
        coro_yield_now();
    }
    coro_yield_now();
    if (n == i)
      coro_raise(n + 5);
  }
  coro_shield {
    coro_yield_now();
    printf(" in shield\n");
    coro_yield_now();
  }
  coro_yield_now();
  return n;
}
static yields void top(int n) {
  coro_try { printf("got %d\n", work(n)); }
  coro_catch(int, e) {
    printf("caught %d\n", e);
    coro_yield_now();
    printf("after\n");
  }
}
int main(void) {
  for (int n = 0; n < 3; n++) {
    printf("n %d\n", n);
    coro_block_on(top, n);
  }
  for (int n = 0; n < 3; n++)
    for (int k = 0; k < 12; k++) {
      coro_context cx = CORO_CONTEXT_INIT;
      coro_task(top) t;
      coro_start(&t, top, n);
      coro_status s = CORO_PENDING;
      printf("== %d %d\n", n, k);
      for (int i = 0; i < k && s == CORO_PENDING; i++)
        s = coro_poll(&t, &cx);
      printf("== cancel\n");
      int c = 0;
      do
        s = coro_cancel_any(coro_erase(&t), &cx), c++;
      while (s == CORO_PENDING);
      printf("== %d %d\n", s, c);
    }
}
