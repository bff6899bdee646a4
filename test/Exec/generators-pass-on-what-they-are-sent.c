// RUN: %oracle %s
// ORACLE-EXPECTS: waited 68
// ORACLE-EXPECTS: handed on 98
// ORACLE-EXPECTS: waited 167
// ORACLE-EXPECTS: handed on 197
// ORACLE-EXPECTS: 0 5 10 15 1 0 5 10 15 = 197
// ORACLE-EXPECTS: 0 1 9753 0 1 16419 122 0 1 2 39627 0 1 2 52959 = 122 122
// A generator that is resumed with values, and calls some that are resumed with
// the same, some that are not, and some that only wait. What arrives for the
// outer one goes to the inner one if that takes it, and nowhere otherwise.
#include <coro/coro.h>
#include <stdio.h>

struct message {
  long a, b, c, d;
};

yields static long waits(int n) {
  volatile int a[8];
  for (int i = 0; i < 8; i++)
    a[i] = n + i;
  coro_yield_now();
  coro_yield_now();
  long sum = 0;
  for (int i = 0; i < 8; i++)
    sum += a[i];
  return sum;
}

yields_of(int) static long hands_out(int n) {
  int a[4];
  for (int i = 0; i < 4; i++)
    a[i] = n * i;
  for (volatile int i = 0; i < 4; i++)
    coro_yield(a[i]);
  long sum = 0;
  for (int i = 0; i < 4; i++)
    sum += a[i];
  return sum;
}

yields yields_of(int) resumes_with(struct message) static long outer(int n) {
  struct message m;
  long sum = waits(n);
  printf("waited %ld\n", sum);
  sum += hands_out(n);
  printf("handed on %ld\n", sum);
  coro_yield_receive(1, &m);
  sum += m.a;
  sum += waits(n);
  printf("waited %ld\n", sum);
  sum += hands_out(n);
  printf("handed on %ld\n", sum);
  return sum;
}

yields_of(int) resumes_with(struct message) static long innermost(int n) {
  struct message m;
  long sum = 0;
  for (int i = 0; i < n; i++) {
    coro_yield_receive(i, &m);
    sum += m.a * 1 + m.b * 10 + m.c * 100 + m.d * 1000;
  }
  return sum;
}
// Results of different sizes: what is sent has different places.
yields_of(int) resumes_with(struct message) static char middle(int n) {
  coro_yield((int)innermost(n));
  coro_yield((int)innermost(n));
  return 'z';
}
yields_of(int) resumes_with(struct message) static struct message
    outermost(int n) {
  char c = middle(n);
  coro_yield(c);
  c = middle(n + 1);
  return (struct message){c, c, c, c};
}

static char line[200];
#define ADD(...) (end += snprintf(line + end, sizeof(line) - end, __VA_ARGS__))

yields static int drive(void) {
  int end = 0;
  coro_task(outer) t;
  coro_start(&t, outer, 5);
  int more = coro_next(&t);
  while (more) {
    ADD("%d ", t.yielded);
    more = coro_send(&t, (struct message){t.yielded, -1, -1, -1});
  }
  ADD("= %ld", t.result);
  return 0;
}

int main(void) {
  coro_block_on(drive);
  puts(line);
  coro_task(outermost) t;
  coro_start(&t, outermost, 2);
  int k = 0;
  for (int more = coro_next(&t); more;
       more = coro_send(&t, (struct message){k, k + 1, k + 2, k + 3})) {
    printf("%d ", t.yielded);
    k++;
  }
  printf("= %ld %ld\n", t.result.a, t.result.d);
  return 0;
}
