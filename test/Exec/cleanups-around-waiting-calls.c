// RUN: %oracle %s
// ORACLE-FLAGS: -fexceptions
// Cleanup handlers of variables whose scope waits, left in every way; results
// of calls that may unwind, used on both sides of joins.
#include <coro/coro.h>
#include <stdio.h>

static int depth;

static void leave(int *p) { printf("leave %d at %d\n", *p, depth--); }
static void release(char **p) { printf("release %s\n", *p); }
#define SCOPED __attribute__((cleanup(leave)))

struct big {
  long v[9];
};

static yields int wait(int n) {
  coro_yield_now();
  return n;
}
__attribute__((noinline)) static yields int apart(int n) {
  for (int i = 0; i < n % 3; i++)
    coro_yield_now();
  return n + 1;
}
__attribute__((noinline)) static yields struct big large(int n) {
  SCOPED int own = (depth++, 70 + n);
  coro_yield_now();
  struct big b = {{n, own, n + 1}};
  own = wait(80 + n);
  return b;
}

static yields int scopes(int n) {
  SCOPED int outer = (depth++, wait(n));
  int sum = 0;
  for (int i = 0; i < n; i++) {
    SCOPED int each = (depth++, 100 + i);
    __attribute__((cleanup(release))) char *text = i & 1 ? "odd" : "even";
    sum += apart(i);
    if (i == 2)
      continue;
    each += apart(sum & 3);
    if (sum > 20)
      break;
    if (n == 4 && i == 3)
      return sum + each;
    switch (apart(i)) {
    case 1: {
      SCOPED int in_case = (depth++, wait(1));
      sum += in_case;
      goto next;
    }
    default:;
      SCOPED int last = (depth++, apart(7));
      sum += apart(last);
    }
  next:
    outer++;
  }
  return sum + apart(outer);
}

static yields long results(int n) {
  SCOPED int own = (depth++, 1);
  int a = apart(n), b;
  if (a & 1) {
    SCOPED int inner = (depth++, 2);
    b = apart(a) * 3;
    inner += b;
  } else {
    b = wait(a) + apart(4);
  }
  int c = (a > 2 ? apart(b) : apart(a)) + b;
  for (int i = 0; i < 3; i++) {
    int d = apart(c & 7);
    c = d ^ c;
    own += d;
  }
  switch (apart(n)) {
  case 1:
  case 2:
    c += apart(c & 3);
  case 3:
    b -= apart(c & 3);
    break;
  case 4:
    return apart(own);
  }
  return large(a).v[wait(1)] + large(b).v[0] + c + own;
}

static yields void *retry(int n) {
  SCOPED int own = (depth++, 500);
again:;
  SCOPED int turn = (depth++, n);
  if (apart(n) > 3) {
    n -= 2;
    goto again;
  }
  static int where[9];
  return &where[apart(own & 1)];
}

int main(void) {
  for (int n = 0; n < 7; n++) {
    printf("%d\n", coro_block_on(scopes, n));
    printf("%ld\n", coro_block_on(results, n));
    printf("%d\n", coro_block_on(retry, n) != NULL);
  }
  printf("%d\n", depth);
}
