// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0 | diff %S/Inputs/tasks-are-cancelled-with-what-waits-for-them.txt -
// RUN: %coro -O1 -fplugin-arg-coro-spill-all %s %rt -o %t1 && %t1 | diff %S/Inputs/tasks-are-cancelled-with-what-waits-for-them.txt -
// RUN: %coro -O2 %s %rt -o %t2 && %t2 | diff %S/Inputs/tasks-are-cancelled-with-what-waits-for-them.txt -
// RUN: %coro -O2 -g -fplugin-arg-coro-no-fuse %s %rt -o %t3 && %t3 | diff %S/Inputs/tasks-are-cancelled-with-what-waits-for-them.txt -
// RUN: %coro -Os -fplugin-arg-coro-poison-dead %s %rt -o %t4 && %t4 | diff %S/Inputs/tasks-are-cancelled-with-what-waits-for-them.txt -
// RUN: %coro -O1 -fsanitize=address,undefined %s %rt -o %t5 && %t5 | diff %S/Inputs/tasks-are-cancelled-with-what-waits-for-them.txt -
// Joins, races, waits for the first, a shield, tasks that are left suspended:
// what waits for them is cancelled after each number of polls. All that began
// cleans up, once, and the cleanups may wait.
#include <coro/coro.h>
#include <stdio.h>
static yields void wbye(const char **n) {
  printf("  wbye1 %s\n", *n);
  coro_yield_now();
  printf("  wbye2 %s\n", *n);
}
static yields int work(const char *name, int n) {
  const char *g __attribute__((cleanup(wbye))) = name;
  for (int i = 0; i < n; i++)
    coro_yield_now();
  return n;
}
static yields int top(void) {
  coro_task(work) a, b, more[2];
  coro_start(&a, work, "a", 1);
  coro_start(&b, work, "b", 9);
  coro_start(&more[1], work, "more1", 5);
  int first = coro_any(&a, &b, &more[1]);
  printf("first %d\n", first);
  coro_yield_now();
  printf("on\n");
  coro_yield_now();
  printf("on\n");
  coro_cancel(&b, &more[1]);
  printf("end\n");
  return first;
}
static yields raises(int) int rz(int n) {
  const char *g __attribute__((cleanup(wbye))) = "rz";
  coro_yield_now();
  if (n)
    coro_raise(n);
  coro_yield_now();
  return 5;
}
static yields int join(int n) {
  coro_task(work) a;
  coro_task(rz) r;

  coro_try {
    coro_start(&a, work, "join-a", 3);
    coro_start(&r, rz, n);
    coro_join(&a, &r);
    printf("joined %d %d\n", a.result, r.result);
  }
  coro_catch(int, e) printf("caught %d\n", e);
  coro_task(work) x, y;
  coro_start(&x, work, "x", 2);
  coro_start(&y, work, "y", 1);
  printf("race %d\n", coro_race(&x, &y));
  coro_shield {
    coro_yield_now();
    printf("shielded %d\n", coro_cancelled());
  }
  return 3;
}
int main(void) {
  printf("%d\n", coro_block_on(top));
  printf("%d\n", coro_block_on(join, 0));
  printf("%d\n", coro_block_on(join, 8));
  for (int w = 0; w < 3; w++)
    for (int k = 0; k < 14; k++) {
      coro_context cx = CORO_CONTEXT_INIT;
      coro_task(top) t;
      coro_task(join) j;
      coro_any_task any;
      if (!w) {
        coro_start(&t, top);
        any = coro_erase(&t);
      } else {
        coro_start(&j, join, w - 1);
        any = coro_erase(&j);
      }
      coro_status s = CORO_PENDING;
      printf("== %d %d\n", w, k);
      for (int i = 0; i < k && s == CORO_PENDING; i++)
        s = coro_poll_any(any, &cx);
      printf("== cancel\n");
      int n = 0;
      do
        s = coro_cancel_any(any, &cx), n++;
      while (s == CORO_PENDING);
      printf("== %d %d\n", s, n);
    }
}
