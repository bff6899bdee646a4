// RUN: %oracle %s
// ORACLE-EXPECTS: 0 1 2 100 0 2 4 = 9
// ORACLE-EXPECTS: 10 7 11 7 12 7 = 33
// ORACLE-EXPECTS: 0 3 11 = 26
// ORACLE-EXPECTS: waited 30
// A generator called through a variable, a parameter, a member, an element, a
// typedef: its values go to whoever resumes the caller.
#include <coro/coro.h>
#include <stdio.h>

yields_of(int) static int ones(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
  return n;
}
yields_of(int) static int twos(int n) {
  long kept[3] = {n, n + 1, n + 2};
  for (int i = 0; i < n; i++) {
    coro_yield(2 * i);
    kept[i % 3]++;
  }
  return (int)(kept[0] + kept[1] + kept[2]) - 2 * n - 3;
}

typedef yields_of(int) int (*source)(int) coro_frame(128);
struct row {
  const char *name;
  yields_of(int) int (*run)(int) coro_frame(128);
};
static const struct row table[] = {{"ones", ones}, {"twos", twos}};

yields_of(int) static long both(const struct row *rows, source first) {
  yields_of(int) int (*second)(int) coro_frame(128) = rows[1].run;
  int a = first(3);
  coro_yield(100);
  return a + (first == second ? 1000 : second(3));
}

// The results differ in size, and so do the places of the values.
yields_of(long) static char letters(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(10 + i);
  return 'a';
}
struct four {
  long a[4];
};
yields_of(long) static struct four fours(int n) {
  coro_yield(7);
  return (struct four){{n, n, n, n}};
}
typedef yields_of(long) char (*letter_source)(int) coro_frame(96);
typedef yields_of(long) struct four (*four_source)(int) coro_frame(192);
yields_of(long) static short interleaved(letter_source f, four_source g) {
  struct four sum = {{0}};
  for (int i = 0; i < 3; i++) {
    coro_task(letters) t;
    coro_start(&t, letters, 3);
    long taken = 0;
    for (int k = 0; coro_next(&t); k++)
      if (k == i)
        taken = t.yielded;
    coro_yield(taken);
    sum.a[i] += g(11).a[i];
  }
  return (short)(sum.a[0] + sum.a[1] + sum.a[2] + (f == letters ? 0 : 1));
}

// Resumed with values, through a pointer to one that is and one that is not.
struct pair {
  int a, b;
};
yields_of(int) resumes_with(struct pair) static long adds(int n) {
  long sum = 0;
  for (int i = 0; i < n; i++) {
    struct pair got;
    coro_yield_receive((int)sum, &got);
    sum += got.a * got.b;
  }
  return sum;
}
yields_of(int) resumes_with(struct pair) static long calls(
    yields_of(int) resumes_with(struct pair) long (*f)(int) coro_frame(160)) {
  return f(3) * 1;
}

yields static int pause(int n) {
  volatile int a[6] = {n, n, n, n, n, n};
  coro_yield_now();
  coro_yield_now();
  return a[0] + a[1] + a[2] + a[3] + a[4] + a[5];
}
yields yields_of(int)
    resumes_with(struct pair) static int waits_between(yields int (*f)(int)
                                                           coro_frame(96)) {
  struct pair got;
  coro_yield_receive(1, &got);
  int waited = f(5);
  coro_yield_receive(waited, &got);
  return waited;
}
yields static int drive(void) {
  coro_task(waits_between) t;
  coro_start(&t, waits_between, pause);
  int more = coro_next(&t);
  while (more)
    more = coro_send(&t, (struct pair){-1, -1});
  printf("waited %d\n", t.result);
  return 0;
}

int main(void) {
  coro_task(both) b;
  coro_start(&b, both, table, table[0].run);
  while (coro_next(&b))
    printf("%d ", b.yielded);
  printf("= %ld\n", b.result);

  coro_task(interleaved) i;
  coro_start(&i, interleaved, letters, fours);
  while (coro_next(&i))
    printf("%ld ", i.yielded);
  printf("= %d\n", i.result);

  coro_task(calls) c;
  coro_start(&c, calls, adds);
  coro_next(&c);
  int k = 2;
  do {
    printf("%d ", c.yielded);
    k++;
  } while (coro_send(&c, (struct pair){k - 2, k}));
  printf("= %ld\n", c.result);
  return coro_block_on(drive);
}
