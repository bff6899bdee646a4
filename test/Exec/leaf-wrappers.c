// RUN: %oracle %s
// Functions whose last act is a call, with the address of a variable of their
// own; chains of functions that only pass on.
#include <coro/coro.h>
#include <stdio.h>

struct request {
  int from, to;
  int *out;
};

__attribute__((noinline)) static yields int leaf(const struct request *r) {
  for (int i = r->from; i < r->to; i++) {
    coro_yield_now();
    *r->out += i;
  }
  return *r->out;
}
static yields int wrap(int from, int to) {
  int out = 0;
  struct request r = {from, to, &out};
  return leaf(&r);
}
__attribute__((noinline)) static yields int wrap_apart(int *p, int n) {
  struct request r = {*p, n, p};
  return leaf(&r);
}
static yields int pass1(int n) { return wrap(n, n + 3); }
static yields int pass2(int n) { return pass1(n + 1); }
__attribute__((noinline)) static yields int pass3(int n) {
  return pass2(n + 1);
}
static yields int pass4(int n) { return n ? pass3(n) : pass3(1); }
__attribute__((noinline)) static yields long pass5(int n) { return pass4(n); }
static yields void nothing(int n) {
  int x = n;
  wrap_apart(&x, n + 2);
}
static yields void pass_nothing(int n) { return nothing(n); }

static int plain(int *p) { return *p + 1; }
static yields int ends_in_plain(int n) {
  int x = n;
  coro_yield_now();
  return plain(&x);
}
static yields int all(int n) {
  int x = n;
  pass_nothing(n);
  return (int)pass5(n) + wrap_apart(&x, 4) + ends_in_plain(x);
}

int main(void) {
  for (int n = 0; n < 5; n++)
    printf("%d\n", coro_block_on(all, n));
}
