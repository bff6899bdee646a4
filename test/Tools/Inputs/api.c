#include "api.h"

int plain(int);
__attribute__((noinline)) yields int one(int a, const char *name) {
  char kept[20] = "", *volatile at = kept;
  coro_suspend();
  return a + *name + *at;
}
yields_of(int) yields void two(int (*f)(int)) {
  coro_yield(f(1));
  coro_suspend();
}
yields int three(void) {
  coro_suspend();
  return 1;
}
yields int four(void) {
  coro_suspend();
  return 1;
}
yields int five(void) {
  int a = one(1, "x");
  coro_suspend();
  return a;
}
