// RUN: %oracle %s
// The order in which arms run, which one coro_any and coro_race say was first,
// and that the others go on from where they were. With effects erased there are
// no tasks: the program then prints what is expected.
#include <coro/coro.h>
#include <stdio.h>

#ifdef CORO_ERASE_EFFECTS
int main(void) {
  puts("a0 b0 a1 b1 b2 23");
  puts("c0 d0 c1 any 1: 1");
  puts("c2 any 0: 1");
  puts("any 0: 3");
  puts("e0 race 1, ran 1");
  puts("race 0, ran 2");
  puts("f0 f1 join of what is done 2 1");
  puts("g0 h0 i0 j0 g1 h1 i1 j1 h2 j2 nested 23 23");
  puts("k0 l0 k1 l1 l0 k0 l1 k1 l2 loop 46");
  puts("m0 n0 o0 p0 one 1 1 1 0");
}
#else

static yields int count(char name, int n) {
  for (int i = 0; i < n; i++) {
    printf("%c%d ", name, i);
    coro_yield_now();
  }
  return n;
}

static int ran;
static yields int at_once(int n) {
  ran++;
  return n;
}

static yields int pair(char first, char second) {
  coro_task(count) a, b;
  coro_start(&a, count, first, 2);
  coro_start(&b, count, second, 3);
  coro_join(&a, &b);
  return a.result * 10 + b.result;
}

// An arm that is done stays the first; the other is polled by hand.
static yields void any(void) {
  coro_task(count) c, d;
  coro_start(&c, count, 'c', 3);
  coro_start(&d, count, 'd', 1);
  int first = coro_any(&c, &d);
  printf("any %d: %d\n", first, d.result);
  coro_poll(&c, coro_self());
  first = coro_any(&c, &d);
  printf("any %d: %d\n", first, d.result);
  coro_poll(&c, coro_self());
  first = coro_any(&c, &d);
  printf("any %d: %d\n", first, c.result);
}

// What comes behind the first one that is done does not run, and is over: it
// can be started again.
static yields void race(void) {
  coro_task(count) e;
  coro_task(at_once) quick, never;
  coro_start(&e, count, 'e', 5);
  coro_start(&quick, at_once, 1);
  coro_start(&never, at_once, 2);
  int first = coro_race(&e, &quick, &never);
  printf("race %d, ran %d\n", first, ran);
  coro_start(&never, at_once, 2);
  first = coro_race(&never);
  printf("race %d, ran %d\n", first, ran);
}

static yields void join_done(void) {
  coro_task(count) f;
  coro_task(at_once) quick;
  coro_start(&f, count, 'f', 2);
  coro_start(&quick, at_once, 1);
  coro_wait(&f);
  coro_wait(&quick);
  coro_join(&f, &quick);
  printf("join of what is done %d %d\n", f.result, quick.result);
}

static yields void nested(void) {
  coro_task(pair) outer[2];
  coro_start(&outer[0], pair, 'g', 'h');
  coro_start(&outer[1], pair, 'i', 'j');
  coro_join(outer + 0, &outer[1]);
  printf("nested %d %d\n", outer[0].result, outer[1].result);
}

static yields void loop(void) {
  coro_task(count) tasks[2];
  int sum = 0;
  for (int i = 0; i < 2; i++) {
    coro_start(&tasks[0], count, 'k', 2);
    coro_start(&tasks[1], count, 'l', 2 + i);
    coro_join(&tasks[i], &tasks[!i]);
    sum = sum * 10 + tasks[0].result * tasks[1].result;
  }
  printf("loop %d\n", sum);
}

static yields void one(void) {
  coro_task(count) m, n, o, p;
  coro_start(&m, count, 'm', 1);
  coro_start(&n, count, 'n', 1);
  coro_start(&o, count, 'o', 1);
  coro_start(&p, count, 'p', 1);
  coro_join(&m);
  int any = coro_any(&n), race = coro_race(&o);
  coro_status status = coro_wait(&p);
  printf("one %d %d %d %d\n", m.result, n.result + any, o.result + race,
         status);
}

static yields void all(void) {
  printf("%d\n", pair('a', 'b'));
  any();
  race();
  join_done();
  nested();
  loop();
  one();
}

int main(void) { coro_block_on(all); }
#endif
