// Each function that begins with `ours` beside the loop one would write, which
// ends alike: compare-loops.py counts the instructions of both.
#include <coro/coro.h>
#include <stdio.h>

#define APART __attribute__((noinline))

static yields_of(int) void count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
static yields_of(int) void odd(int n) {
  coro_for(int x, count, n) if (x & 1) coro_yield(x);
}
static yields_of(int) void tripled(int n) {
  coro_for(int x, odd, n) coro_yield(x * 3);
}

APART unsigned ours_sum(int n) {
  unsigned s = 0;
  coro_for(int x, count, n) s = s * 31 + (unsigned)x;
  return s;
}
APART unsigned hand_sum(int n) {
  unsigned s = 0;
  for (int i = 0; i < n; i++)
    s = s * 31 + (unsigned)i;
  return s;
}

APART unsigned ours_nested(int n) {
  unsigned s = 0;
  coro_for(int x, tripled, n) s ^= (unsigned)x + s;
  return s;
}
APART unsigned hand_nested(int n) {
  unsigned s = 0;
  for (int i = 0; i < n; i++)
    if (i & 1)
      s ^= (unsigned)i * 3 + s;
  return s;
}

APART unsigned ours_zip(int n) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_task(count) a, b;
  coro_start(&a, count, n);
  coro_start(&b, count, 2 * n);
  unsigned s = 0;
  while (coro_poll(&a, &cx) == CORO_YIELDED &&
         coro_poll(&b, &cx) == CORO_YIELDED)
    s = s * 31 + ((unsigned)a.yielded * 3 ^ (unsigned)b.yielded);
  coro_cancel_now(&a);
  coro_cancel_now(&b);
  return s;
}
APART unsigned hand_zip(int n) {
  unsigned s = 0;
  for (int i = 0, j = 0; i < n && j < 2 * n; i++, j++)
    s = s * 31 + ((unsigned)i * 3 ^ (unsigned)j);
  return s;
}

static int ready;
static APART int try_take(void) { return ++ready & 1023 ? -1 : ready; }

static yields int take(void) {
  int value;
  while ((value = try_take()) < 0)
    coro_suspend();
  return value;
}

APART unsigned ours_polling(int n) {
  unsigned s = 0;
  for (int i = 0; i < n / 256; i++) {
    coro_context cx = CORO_CONTEXT_INIT;
    coro_task(take) t;
    coro_start(&t, take);
    while (coro_poll(&t, &cx) == CORO_PENDING)
      s++;
    s += (unsigned)t.result;
  }
  return s;
}
APART unsigned hand_polling(int n) {
  unsigned s = 0;
  for (int i = 0; i < n / 256; i++) {
    int value;
    while ((value = try_take()) < 0)
      s++;
    s += (unsigned)value;
  }
  return s;
}

static yields void steps(int n, unsigned *sum) {
  for (int i = 0; i < n; i++) {
    *sum = *sum * 31 + (unsigned)i;
    coro_suspend();
  }
}
static yields unsigned both(int n) {
  unsigned s = 0, t = 0;
  coro_task(steps) a, b;
  coro_start(&a, steps, n, &s);
  coro_start(&b, steps, n, &t);
  coro_join(&a, &b);
  return s ^ t;
}

APART unsigned ours_join(int n) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_task(both) t;
  coro_start(&t, both, n);
  unsigned polls = 0;
  while (coro_poll(&t, &cx) == CORO_PENDING)
    polls++;
  return t.result + polls;
}
// With a state for each, as whoever writes one by hand needs them: whether the
// two are in step is known to nobody.
APART unsigned hand_join(int n) {
  unsigned s = 0, t = 0, polls = 0, pending = 3;
  for (int i = 0, j = 0;;) {
    if (pending & 1) {
      if (i < n)
        s = s * 31 + (unsigned)i++;
      else
        pending &= ~1u;
    }
    if (pending & 2) {
      if (j < n)
        t = t * 31 + (unsigned)j++;
      else
        pending &= ~2u;
    }
    if (!pending)
      return (s ^ t) + polls;
    polls++;
  }
}

int main(void) {
  enum { N = 20000 };
#define RUN(what)                                                              \
  do {                                                                         \
    unsigned a = (ready = 0, ours_##what(N)), b = (ready = 0, hand_##what(N)); \
    if (a != b)                                                                \
      return printf(#what ": %u and %u\n", a, b), 1;                           \
  } while (0)
  RUN(sum);
  RUN(nested);
  RUN(zip);
  RUN(polling);
  RUN(join);
  return 0;
}
