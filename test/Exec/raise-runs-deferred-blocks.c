// REQUIRES: llvm22
// RUN: %oracle %s
// ORACLE-FLAGS: -fdefer-ts
// _Defer runs where a raise leaves its scope, in one order with cleanups of
// variables, and may catch in itself.
// ORACLE-EXPECTS: d3 c2 d1 caught 4
// ORACLE-EXPECTS: d3 c2 d1 value 5
// ORACLE-EXPECTS: d0 d1 d2 caught 2
// ORACLE-EXPECTS: c0 c0 deferred 7 kept caught 9
// ORACLE-EXPECTS: c0 c0 deferred 0 kept value 1
#include <coro/coro.h>
#include <stdio.h>

static void cleaned(int *p) { printf("c%d ", *p); }
raises(int) __attribute__((noinline)) static int raise_if(int yes, int error) {
  if (yes)
    coro_raise(error);
  return 1;
}

raises(int) static int order(int error) {
  _Defer printf("d1 ");
  int own __attribute__((cleanup(cleaned))) = 2;
  _Defer { printf("d%d ", own + 1); }
  raise_if(error, error);
  return 5;
}
raises(int) static void loop(void) {
  for (int i = 0;; i++) {
    _Defer printf("d%d ", i);
    raise_if(i == 2, i);
  }
}
raises(int) static int catches(int error, int inner) {
  const char *kept = "kept";
  _Defer printf("%s ", kept);
  _Defer {
    int was = 0;
    coro_try {
      for (int i = 0; i < 3; i++) {
        int own __attribute__((cleanup(cleaned))) = i;
        own = 0;
        if (i == 1)
          break;
        continue;
      }
      raise_if(inner, inner);
    }
    coro_catch(int, e) { was = e; }
    printf("deferred %d ", was);
  }
  raise_if(error, error);
  return 1;
}

int main(void) {
  int e, v = coro_catching(&e, order(4));
  printf("caught %d\n", e);
  v = coro_catching(&e, order(0));
  printf("value %d\n", v);
  coro_catching(&e, loop());
  printf("caught %d\n", e);
  v = coro_catching(&e, catches(9, 7));
  printf("caught %d\n", e);
  v = coro_catching(&e, catches(0, 0));
  printf("value %d\n", v);
  return 0;
}
