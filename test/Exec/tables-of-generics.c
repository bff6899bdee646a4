// RUN: %oracle %s
// RUN: %oracle %s --stress
// A function is found in a constant table however deep it stands: in arrays,
// unions, unnamed members, behind pointers, between bit-fields.
#include "Inputs/callbacks.h"
#include <stdio.h>

typedef int fn(int);
typedef fn *fp;
struct in {
  int n;
  fp next;
};
union u {
  fp a;
  long b;
};
struct mid {
  struct in two[2];
  union u u;
  const struct in *far;
  const struct in *const *vec;
};
struct top {
  char c;
  struct mid m;
  const struct mid *pm;
  struct {
    struct {
      fp deep;
    } anon;
  };
};
static const struct in i1 = {1, slow}, i2 = {.next = slow2, .n = 2},
                       i3 = {3, fast};
static const struct in *const vec[] = {&i1, &i2, &i3};
static const struct in arr[4] = {
    [2] = {4, slow}, [0] = {5, fast}, [3] = {.next = slow2}};
static const struct mid m1 = {{{1, slow}, {2, slow2}}, {.a = slow}, &i2, vec};
static const struct top t1 = {
    'a', {{{1, fast}, {2, slow}}, {slow2}, &i1, vec}, &m1, {{slow}}};
static const struct top tops[2] = {
    {'x', .m.two[1].next = slow, .m.two[1].n = 8, .anon = {slow2}},
    {'y', .pm = &m1, .anon.deep = slow}};
yields_as(i->next) static int di(const struct in *i) {
  return i->next(i->n) * 2;
}
yields_as(m->u.a) static int du(const struct mid *m) { return m->u.a(7); }
yields_as(m->far->next) static int df(const struct mid *m) {
  return m->far->next(m->far->n) + di(m->far);
}
yields_as(t->anon.deep) static int dd(const struct top *t) {
  return t->anon.deep(t->c);
}
yields_as(t->pm->far->next) static int dp(const struct top *t) {
  return df(t->pm) + di(t->pm->far) + map(t->pm->far->next, 3);
}
yields_as(t->pm->u.a) static int dq(const struct top *t) {
  return du(t->pm) + map(t->pm->u.a, t->c);
}
yields_as(t.m.u.a) static int dv(struct top t) {
  t.c = 3;
  return t.m.u.a(t.c);
}
struct bf {
  unsigned a : 3;
  fp next;
  unsigned b : 5;
  unsigned : 0;
  int : 4;
  fp last;
};
static const struct bf b1 = {5, slow, 17, slow2};
yields_as(b->next) static int db(const struct bf *b) {
  return b->next(b->a) + b->b;
}
yields_as(b->last) static int db2(const struct bf *b) {
  return b->last(b->a) + b->b;
}
static yields int all(int n) {
  printf("%d %d %d\n", di(&i1), di(&i2), di(&i3));
  printf("%d %d %d\n", di(vec[0]), di(vec[1]), di(*vec));
  printf("%d %d %d\n", di(&arr[2]), di(arr), di(&arr[3]));
  printf("%d %d %d %d\n", di(m1.two), di(&m1.two[1]), di(m1.far), di(*vec));
  printf("%d %d\n", du(&m1), df(&m1));
  printf("%d %d %d %d\n", du(&t1.m), df(&t1.m), du(t1.pm), di(&t1.m.two[1]));
  printf("%d %d %d %d\n", dd(&t1), dd(&tops[0]), dd(tops), dd(&tops[1]));
  printf("%d %d %d\n", dp(&t1), dq(&t1), dp(&tops[1]));
  printf("%d %d\n", di(&tops[0].m.two[1]), dq(&tops[1]));
  printf("%d %d\n", db(&b1), db2(&b1));
  printf("%d\n", dv(t1));
  static const struct in here = {9, slow};
  const struct in local = {n, slow};
  for (int k = 0; k < 3; k++) {
    const struct in loop = {k, slow2};
    n += di(&loop);
  }
  printf("%d %d %d\n", di(&here), di(&local), n);
  {
    struct in arr2[di(&i1) > 3 ? 2 : 4];
    n += sizeof arr2 / sizeof *arr2;
  }
  return n;
}
int main(void) {
  printf("%d\n", coro_block_on(all, 4));
  return 0;
}
