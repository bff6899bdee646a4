// RUN: %coro -std=c11 -Wall -Wextra -Wshadow -Wpedantic -Werror -fsyntax-only %s
// RUN: %coro -std=gnu17 -Wall -Wextra -Wshadow -Wpedantic -Werror -fsyntax-only %s
// RUN: %coro -std=c23 -Wall -Wextra -Wshadow -Wpedantic -Werror -fsyntax-only %s
// The header's macros are quiet with every common warning, without arguments
// too, nested, and with any declaration.
#include <coro/coro.h>

struct pair {
  int a, b;
};
yields_of(int) static void three(void) {
  for (int i = 0; i < 3; i++)
    coro_yield(i);
}
yields_of(int) static void count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
yields_of(int) resumes_with(int) static void echo(void) {
  int got = 0;
  for (;;)
    coro_yield_receive(got, &got);
}
yields_of(struct pair) static void pairs(int n) {
  for (int i = 0; i < n; i++)
    coro_yield((struct pair){i, 2 * i});
}
yields_of(const char *) static void strings(void) {
  coro_yield("a");
  coro_yield("b");
}
yields static int waits(void) {
  int sum = 0;
  coro_for(int x, three) {
    coro_yield_now();
    sum += x;
  }
  return sum;
}

int main(void) {
  int sum = 0, outer;
  coro_for(int x, three)
      coro_for(int y, count, x)
          sum += y;
  coro_for(register int x, count, 3)
      sum += x;
  coro_for(const int x, count, 3)
      sum += x;
  coro_for(long x, count, 3)
      sum += (int)x;
  coro_for(struct pair v, pairs, 3)
      sum += v.a + v.b;
  coro_for(const char *p, strings)
      sum += p[0];
  coro_for(outer, count, 3)
      sum += outer;
  static coro_task(echo) e;
  coro_start(&e, echo);
  coro_next(&e);
  coro_send(&e, 5);
  if (coro_next(&e))
    sum += e.yielded;
  return sum + coro_block_on(waits);
}
