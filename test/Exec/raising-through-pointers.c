// RUN: %oracle %s
// Calls through pointers that raise: variables, parameters, members, tables,
// typedefs, results of functions and of choices.
// ORACLE-EXPECTS: 4 6 -3 0
// ORACLE-EXPECTS: table 10 caught 7 big 5 caught 8 void caught 9
// ORACLE-EXPECTS: chosen 8 caught 6
#include <coro/coro.h>
#include <stdio.h>

struct big {
  long v[10];
};
raises(int) static int twice(int n) {
  if (n < 0)
    coro_raise(n);
  return n * 2;
}
raises(int) static int thrice(int n) {
  if (n == 3)
    coro_raise(6);
  return n * 3;
}
raises(int) static struct big make(int n) {
  if (n == 0)
    coro_raise(8);
  return (struct big){{n}};
}
raises(int) static void nothing(int n) { coro_raise(n); }
typedef raises(int) int (*callback)(int);
struct ops {
  const char *name;
  raises(int) int (*get)(int);
  raises(int) struct big (*make)(int);
  raises(int) void (*nothing)(int);
};
static const struct ops table[] = {{"a", twice, make, nothing}};

raises(int) static int apply(raises(int) int (*f)(int), int n) { return f(n); }
static callback choose(int n) { return n ? twice : thrice; }

int main(void) {
  callback volatile pointer = twice;
  int e, v = coro_catching(&e, pointer(2));
  printf("%d", v + e);
  v = coro_catching(&e, apply(thrice, 2));
  printf(" %d", v + e);
  v = coro_catching(&e, apply(pointer, -3));
  printf(" %d %d\ntable", e, v);
  const struct ops *ops = table;
  coro_try {
    printf(" %d", ops->get(5));
    ops->nothing(7);
  }
  coro_catch(int, error) { printf(" caught %d", error); }
  coro_try {
    printf(" big %ld", ops->make(5).v[0]);
    printf(" %ld", (*ops->make)(0).v[0]);
  }
  coro_catch(int, error) { printf(" caught %d", error); }
  coro_try {
    (void)coro_catching(&e, nothing(9));
    printf(" void caught %d\n", e);
    printf("chosen %d", (e ? twice : thrice)(4));
    choose(1)(1);
    choose(0)(3);
  }
  coro_catch(int, error) { printf(" caught %d\n", error); }
  return 0;
}
