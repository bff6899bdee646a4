// RUN: %oracle %s
// ORACLE-EXPECTS: 0: 65
// ORACLE-EXPECTS: 1: 65
// ORACLE-EXPECTS: 2: 65
// ORACLE-EXPECTS: 3: 65
// ORACLE-EXPECTS: 4: 65
// ORACLE-EXPECTS: 5: 65
// ORACLE-EXPECTS: 6: 65
// ORACLE-EXPECTS: 7: 65
// ORACLE-EXPECTS: 8: 65
// ORACLE-EXPECTS: 9: 65
// ORACLE-EXPECTS: 10: 65
// ORACLE-EXPECTS: 11: 65
// ORACLE-EXPECTS: 12: 65
// ORACLE-EXPECTS: 13: 65
// ORACLE-EXPECTS: 14: 65
// ORACLE-EXPECTS: 20: 65
// ORACLE-EXPECTS: 21: 65
// ORACLE-EXPECTS: 22: 65
// ORACLE-EXPECTS: 23: 65
// ORACLE-EXPECTS: 24: 65
// ORACLE-EXPECTS: 25: 65
// ORACLE-EXPECTS: 26: 65
// ORACLE-EXPECTS: 27: 65
// ORACLE-EXPECTS: 28: 65
// ORACLE-EXPECTS: 29: 65
// What is sent to a generator goes on to the one that it calls, whatever
// expression leads to that, in a frame of its own as in one from an allocator.
#include <coro/coro.h>
#include <stdio.h>
struct m {
  long a, b;
};
static coro_boxed yields_of(int) resumes_with(struct m) long inner(int n) {
  struct m got;
  long s = 0;
  for (int i = 0; i < n; i++) {
    coro_yield_receive(i, &got);
    s += got.a * 10 + got.b;
  }
  return s;
}
typedef yields_of(int) resumes_with(struct m) long (*fn)(int) coro_frame(160);
static fn choose(int n) { return inner; }
static fn table[2] = {inner, inner};
struct ops {
  fn f;
  fn (*get)(int);
};
static struct ops ops = {inner, choose};
static fn *where(void) { return table; }
static struct ops *theops(void) { return &ops; }
static yields_of(int) resumes_with(struct m) long unnamed(int how, fn p) {
  long r = 0;
  switch (how) {
  case 0:
    return choose(1)(2);
  case 1:
    return (*choose(1))(2);
  case 2:
    return (how ? p : choose(2))(2);
  case 3:
    return (*where())(2);
  case 4:
    return where()[1](2);
  case 5:
    return theops()->f(2);
  case 6:
    return theops()->get(1)(2);
  case 7:
    return ((fn)(void *)p)(2);
  case 8:
    return ({ p; })(2);
  case 9:
    return ((void)0, choose(1))(2);
  case 10:
    return (fn){p}(2);
  case 11:
    return ((struct ops){p, 0}).f(2);
  case 12:
    return (p ?: choose(1))(2);
  case 13:
    return (&*p)(2);
  case 14:
    return _Generic(1, int: choose(1), default: p)(2);
  case 20:
    return coro_try_box(&r, p, 2) ? r : -1;
  case 21:
    return coro_try_box(&r, choose(1), 2) ? r : -1;
  case 22:
    return coro_try_box(&r, where()[1], 2) ? r : -1;
  case 23:
    return coro_try_box(&r, theops()->f, 2) ? r : -1;
  case 25:
    return coro_try_box(&r, (fn)(void *)p, 2) ? r : -1;
  case 24:
    return coro_try_box(&r, (how ? p : choose(1)), 2) ? r : -1;

  case 26:
    return coro_try_box(&r, theops()->get(3), 2) ? r : -1;
  case 27:
    return coro_try_box(&r, inner, 2) ? r : -1;
  case 28:
    return coro_try_box(&r, *p, 2) ? r : -1;
  case 29:
    return coro_try_box(&r, (fn){p}, 2) ? r : -1;
  default:
    return -2;
  }
}
int main(void) {
  for (int how = 0; how < 30; how = how == 14 ? 20 : how + 1) {
    coro_task(unnamed) t;
    coro_start(&t, unnamed, how, inner);
    int k = 1;
    int more = coro_next(&t);
    while (more) {
      k++;
      more = coro_send(&t, (struct m){k, k + 5});
    }
    printf("%d: %ld\n", how, t.result);
  }
}
