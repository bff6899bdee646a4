// RUN: %coro %cflags -O2 -S -emit-llvm -o - %s | %filecheck %s
// What is constant is seen however it is written.
#include <coro/coro.h>

typedef int function(int);
struct ops {
  int number;
  union {
    function *next;
    int other;
  };
};
struct set {
  struct ops inner[2];
  const struct ops *far;
};
static yields int slow(int n) {
  coro_suspend();
  return n;
}
static int fast(int n) { return n; }
static const struct ops table = {.next = slow}, plain = {.next = fast};
static const struct set set = {{{1, {slow}}, {2, {fast}}}, &table};
static const struct set *const pointer = &set;
static function *const constant = fast;

yields_as(f) static int map(function *f, int n) { return f(n); }
yields_as(ops->next) static int drain(const struct ops *ops) {
  return ops->next(ops->number);
}
yields_as(ops.next) static int by_value(const struct ops ops) {
  return ops.next(ops.number);
}
// CHECK: define {{.*}}@many.start(
// CHECK-NOT: {{(call|invoke)[^@]*%}}
yields int many(void) {
  return map(slow, 1) + map(&slow, 2) + map(*slow, 3) + map((slow), 4) +
         map(1 ? slow : fast, 5) + drain(&table) + drain(&set.inner[0]) +
         drain(set.inner) + drain(pointer->far) + drain(&(*pointer).inner[0]) +
         by_value(table);
}
int ordinary(const struct ops *unknown, function *f) {
  return map(fast, 1) + map(constant, 2) + map(f, 3) + map(0, 4) +
         drain(&plain) + drain(&set.inner[1]) + drain(unknown) +
         by_value(plain);
}
