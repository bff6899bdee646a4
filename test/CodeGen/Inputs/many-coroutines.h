// Functions that yield, of many shapes, for the tests that look at objects.
#include <coro/coro.h>
#include <stdarg.h>
#include <string.h>

struct pair {
  long a, b;
};
struct big {
  char bytes[72];
};

void use(void *);
extern _Thread_local int per_thread;

yields int leaf(int n) {
  coro_suspend();
  return n + per_thread;
}

yields static int folded(int a, int b) { return leaf(a) * leaf(b); }

yields int loop(int n) {
  int sum = 0;
  for (int i = 0; i < n; i++)
    sum += folded(i, sum);
  return sum;
}

yields struct big by_value(struct big b, struct pair p) {
  b.bytes[0] = (char)leaf((int)p.a);
  use(&b);
  coro_suspend();
  p.b++;
  b.bytes[1] = (char)p.b;
  return b;
}

yields double numbers(double d, float f, _Bool flag, char c, long double l) {
  d += leaf(c);
  if (flag)
    coro_suspend();
  return d * f + (double)l;
}

yields int scopes(int n) {
  {
    char first[40];
    use(first);
    n += leaf(n);
    use(first);
  }
  {
    int second[10];
    use(second);
    coro_suspend();
    use(second);
  }
  return n;
}

yields int jumps(int n) {
  static const void *const table[] = {&&zero, &&one, &&two};
again:
  goto *table[n % 3];
zero:
  coro_suspend();
  return n;
one:
  n = leaf(n);
  goto again;
two:
  switch (n) {
  case 1:
    coro_suspend();
    __attribute__((fallthrough));
  case 2:
    n += leaf(n);
    break;
  default:
    n--;
  }
  goto again;
}

yields int variable(int n, ...) {
  va_list a;
  va_start(a, n);
  int first = va_arg(a, int);
  va_end(a);
  return leaf(first);
}

yields int arrays(int n) {
  int matrix[3][4];
  memset(matrix, n, sizeof matrix);
  coro_suspend();
  {
    char between[n];
    use(between);
  }
  return matrix[n][n] + variable(1, n);
}

yields int pointer(yields int (*f)(int) coro_frame(64), int n) {
  return f(n) + (f == leaf);
}

yields void endless(void) {
  for (;;)
    coro_suspend();
}

#ifndef NO_CLEANUP
static void log_it(int *p) { use(p); }
yields int cleanup(int n) {
  int kept __attribute__((cleanup(log_it))) = n;
  if (leaf(n))
    return leaf(kept);
  coro_suspend();
  return n;
}
#endif

struct tasks {
  coro_task(loop) loop;
  char between;
  coro_task(by_value) by_value;
};

int drive(struct tasks *t, coro_context *cx) {
  coro_start(&t->loop, loop, 3);
  coro_start(&t->by_value, by_value, (struct big){{1}}, (struct pair){1, 2});
  coro_any_task any = coro_erase(&t->by_value);
  while (coro_poll(&t->loop, cx) == CORO_PENDING || coro_poll_any(any, cx))
    continue;
  return t->loop.result + t->by_value.result.bytes[0] + coro_block_on(jumps, 4);
}
