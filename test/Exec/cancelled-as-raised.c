// RUN: %coro -O0 -Wall -Werror %s %rt -o %t0 && %t0
// RUN: %coro -O1 -fplugin-arg-coro-spill-all %s %rt -o %t1 && %t1
// RUN: %coro -O2 %s %rt -o %t2 && %t2
// RUN: %coro -O2 -g -fplugin-arg-coro-no-fuse %s %rt -o %t3 && %t3
// RUN: %coro -Os -fplugin-arg-coro-poison-dead %s %rt -o %t4 && %t4
// RUN: %coro -O1 -fsanitize=address,undefined %s %rt -o %t5 && %t5
// Cancelled at its k-th suspension, a program cleans up what it cleans up where
// it raises there: for each k, with cleanups at every kind of place.
#include <coro/coro.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char logs[2][4096], *now;
static int suspensions, raise_at;

static void say(char what, int n) {
  size_t used = strlen(now);
  snprintf(now + used, sizeof logs[0] - used, "%c%d ", what, n);
}

static void leave(const int *n) { say('-', *n); }
#define SCOPE(n)                                                               \
  __attribute__((cleanup(leave), unused)) const int scope##n = n;              \
  say('+', n)

// The place of a suspension, or of an error.
static raises(int) yields void point(void) {
  if (++suspensions == raise_at)
    coro_raise(suspensions);
  coro_yield_now();
}

static raises(int) yields int leaf(int n) {
  SCOPE(1);
  for (int i = 0; i < n; i++) {
    SCOPE(2);
    if (i & 1) {
      SCOPE(3);
      point();
      continue;
    }
    point();
  }
  return n;
}

static raises(int) yields yields_of(int) void values(int n) {
  SCOPE(4);
  for (int i = 0; i < n; i++) {
    SCOPE(5);
    point();
    coro_yield(i);
  }
}

yields_as(f) raises_as(f) static int twice(int (*f)(int), int n) {
  SCOPE(6);
  return f(n) + f(n + 1);
}

static raises(int) yields int (*volatile pointer)(int) coro_frame(256) = leaf;

coro_boxed static raises(int) yields void deep(int n) {
  SCOPE(7);
  bool ran = true;
  if (n)
    ran = coro_try_box(0, deep, n - 1);
  else
    point();
  if (!ran)
    abort();
}

static raises(int) yields int chosen(int n) {
  SCOPE(8);
  switch (n) {
  case 1: {
    SCOPE(9);
    point();
    goto out;
  }
  default:
    point();
  }
out:
  return n;
}

static raises(int) yields int all(void) {
  SCOPE(10);
  int sum = leaf(3);
  {
    SCOPE(11);
    sum += twice(leaf, 1) + pointer(2);
  }
  coro_for(int i, values, 3) {
    SCOPE(12);
    if (i == 2)
      break;
    point();
    sum += i;
  }
  deep(2);
  sum += chosen(1);
  SCOPE(13);
  coro_shield {
    SCOPE(14);
    sum++;
  }
  point();
  return sum;
}

static void caught(int e) { say('e', e); }
static yields void raising(void) {
  coro_try { all(); }
  coro_catch(int, e) { (void)e; }
}
static yields void quiet(void) {
  coro_try { all(); }
  coro_catch(int, e) { caught(e); }
}

int main(void) {
  int k = 1;
  for (;; k++) {
    memset(logs, 0, sizeof logs);
    now = logs[0], suspensions = 0, raise_at = k;
    coro_block_on(raising);
    if (suspensions < k)
      break;
    now = logs[1], suspensions = 0, raise_at = 0;
    coro_context cx = CORO_CONTEXT_INIT;
    cx.allocator = &coro_allocator_default;
    coro_task(quiet) t;
    coro_start(&t, quiet);
    while (suspensions < k && coro_poll(&t, &cx) == CORO_PENDING)
      ;
    coro_any_task task = coro_erase(&t);
    coro_status status;
    do
      status = coro_cancel_any(task, &cx);
    while (status == CORO_PENDING);
    if (status != CORO_CANCELLED || strcmp(logs[0], logs[1])) {
      printf("at %d, status %d\nraised:    %s\ncancelled: %s\n", k, (int)status,
             logs[0], logs[1]);
      return 1;
    }
  }
  return k < 15;
}
