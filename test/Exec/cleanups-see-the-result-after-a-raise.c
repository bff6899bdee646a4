// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0
// RUN: %coro -O1 -fplugin-arg-coro-spill-all %s %rt -o %t1 && %t1
// RUN: %coro -O2 %s %rt -o %t2 && %t2
// RUN: %coro -O2 -fplugin-arg-coro-no-fuse %s %rt -o %t3 && %t3
// RUN: %coro -Os -fplugin-arg-coro-poison-dead %s %rt -o %t4 && %t4
// A variable that is returned may be at the result's place from the start, and
// an error has the same place: storing it leaves the variable alone until the
// last cleanup has seen it.
#include <coro/coro.h>

struct numbers {
  int n[8];
};
static int seen;

static void look(const struct numbers *r) {
  for (int i = 0; i < 8; i++)
    seen = seen * 3 + r->n[i];
}
static yields void look_later(const struct numbers *r) {
  coro_suspend();
  look(r);
}

static raises(int) yields struct numbers at_once(int raise) {
  __attribute__((cleanup(look))) struct numbers r = {{7, 8, 9, 10, 11, 12, 13}};
  coro_suspend();
  if (raise)
    coro_raise(raise);
  return r;
}

static raises(int) yields struct numbers later(int raise) {
  __attribute__((cleanup(look_later))) struct numbers r = {
      {7, 8, 9, 10, 11, 12, 13}};
  coro_suspend();
  if (raise)
    coro_raise(raise);
  return r;
}

static yields int both(int raise) {
  int sum = 0;
  coro_try { sum += at_once(raise).n[6]; }
  coro_catch(int, e) { sum += 100 * e; }
  coro_try { sum += later(raise).n[6]; }
  coro_catch(int, e) { sum += 100 * e; }
  return sum;
}

static int run(int raise) {
  coro_task(both) t;
  coro_start(&t, both, raise);
  coro_context cx = CORO_CONTEXT_INIT;
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
  return t.result;
}

int main(void) {
  if (run(0) != 26)
    return 1;
  int returned = seen;
  seen = 0;
  if (run(5) != 1000)
    return 2;
  return seen == returned ? 0 : 3;
}
