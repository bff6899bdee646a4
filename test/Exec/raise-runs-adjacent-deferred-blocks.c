// REQUIRES: llvm22
// RUN: %oracle %s
// ORACLE-FLAGS: -fdefer-ts
// Where two _Defer are left by the same edge, unwind code runs the first copy
// of each: that of the second too, although the first one's is cut out in front
// of it.
// ORACLE-EXPECTS: second 7 4 caught 9
// ORACLE-EXPECTS: second 0 4 value 5
// ORACLE-EXPECTS: second 15 caught 2
// ORACLE-EXPECTS: second 15 value 5
#include <coro/coro.h>
#include <stdio.h>

raises(int) __attribute__((noinline)) static int raise_if(int yes, int error) {
  if (yes)
    coro_raise(error);
  return 5;
}

raises(int) static int catches(int error, int inner) {
  int seen = 3;
  _Defer {
    int was = 0;
    coro_try { raise_if(inner, inner); }
    coro_catch(int, e) { was = e; }
    printf("second %d %d ", was, seen);
  }
  _Defer { seen++; }
  return raise_if(error, error);
}
raises(int) static int counts(int error) {
  int seen = 4;
  _Defer {
    int sum = seen;
    for (int i = 0; i < seen; i++)
      sum += i;
    printf("second %d ", sum);
  }
  _Defer { seen++; }
  return raise_if(error, error);
}

int main(void) {
  int e, v = coro_catching(&e, catches(9, 7));
  printf("caught %d\n", e);
  v = coro_catching(&e, catches(0, 0));
  printf("value %d\n", v);
  v = coro_catching(&e, counts(2));
  printf("caught %d\n", e);
  v = coro_catching(&e, counts(0));
  printf("value %d\n", v);
  return 0;
}
