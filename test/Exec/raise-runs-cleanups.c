// RUN: %oracle %s
// What is left by a raise is cleaned up, innermost first; cleanups may try
// themselves; labels and variables of any length on the way.
// ORACLE-EXPECTS: [order] c3 c2 c1 | c12 c11 caught 5
// ORACLE-EXPECTS: [middle] c1 c2 c20 caught 1
// ORACLE-EXPECTS: [loop] c0 c1 c2 caught 2
// ORACLE-EXPECTS: [tries] in 30 t30 in 31 t31 c9 caught 4
// ORACLE-EXPECTS: [none] c1 in 5 t5 value 1
// ORACLE-EXPECTS: [values] c41 c50 caught 6
// ORACLE-EXPECTS: [lengths] c8 caught 8
// ORACLE-EXPECTS: [argument] c2 caught 3
// ORACLE-EXPECTS: [struct] c77 caught 9
#include <coro/coro.h>
#include <stdio.h>

static void cleaned(int *p) { printf(" c%d", *p); }
#define SCOPED __attribute__((cleanup(cleaned)))

raises(int) __attribute__((noinline)) static int raise_if(int yes, int error) {
  if (yes)
    coro_raise(error);
  return 1;
}

raises(int) static void order_inner(int n) {
  SCOPED int a = n + 1;
  SCOPED int b = n + 2;
  if (n == 0) {
    SCOPED int c = n + 3;
    raise_if(1, n + 4);
  }
  raise_if(n, 5);
}
raises(int) static void order(void) {
  coro_try { order_inner(0); }
  coro_catch(int, e) { printf(" |"); }
  order_inner(10);
}

raises(int) static void middle(void) {
  SCOPED int outer = 20;
  for (int i = 1; i < 3; i++) {
    SCOPED int each = i;
    if (i == 2)
      coro_raise(1);
  }
}

raises(int) static void loop(void) {
  for (int i = 0;; i++) {
    SCOPED int each = i;
    raise_if(i == 2, i);
  }
}

static void tries(int *p) {
  coro_try {
    printf(" in %d", *p);
    raise_if(*p, *p);
  }
  coro_catch(int, e) { printf(" t%d", e); }
}
raises(int) static void with_tries(void) {
  SCOPED int last = 9;
  __attribute__((cleanup(tries))) int a = 31;
  __attribute__((cleanup(tries))) int b = 30;
  raise_if(1, 4);
}
raises(int) static int without(void) {
  __attribute__((cleanup(tries))) int a = 5;
  SCOPED int b = 1;
  return raise_if(0, 0);
}

// The cleanup sees what the variable is when the call raises.
raises(int) static void values(void) {
  SCOPED int kept = 50;
  for (int i = 40; i < 43; i++) {
    SCOPED int each = i;
    kept++;
    if (i == 41)
      raise_if(1, 6);
    each = 0;
    kept--;
    if (i == 40)
      each = 41;
    if (each == 41)
      goto again;
    continue;
  again:
    kept = 50;
    each = i + 1;
    raise_if(each == 41, 6);
  }
}

raises(int) static int lengths(int n, int error) {
  int numbers[n];
  SCOPED int own = n;
  int sum = 0;
  for (int i = 0; i < n; i++) {
    char inner[n + i];
    inner[n - 1] = (char)i;
    numbers[i] = inner[n - 1];
    sum += numbers[i];
  }
  raise_if(error, sum - 20);
  return sum;
}

raises(int) static int taken(int a, int b) { return a + b; }
raises(int) static int argument(void) {
  SCOPED int own = 2;
  return taken(raise_if(0, 1), taken(1, raise_if(1, 3)));
}

struct big {
  int v[20];
};
raises(int) __attribute__((noinline)) static struct big make(int n) {
  struct big b = {{n}};
  SCOPED int own = n;
  raise_if(n == 77, 9);
  return b;
}
raises(int) static int structs(void) { return make(77).v[0]; }

#define SHOW(name, call)                                                       \
  do {                                                                         \
    printf("[" name "]");                                                      \
    coro_try { call; }                                                         \
    coro_catch(int, e) { printf(" caught %d", e); }                            \
  } while (0)

int main(void) {
  SHOW("order", order());
  printf("\n");
  SHOW("middle", middle());
  printf("\n");
  SHOW("loop", loop());
  printf("\n");
  SHOW("tries", with_tries());
  printf("\n");
  SHOW("none", printf(" value %d", without()));
  printf("\n");
  SHOW("values", values());
  printf("\n");
  SHOW("lengths", lengths(8, 1));
  printf("\n");
  SHOW("argument", argument());
  printf("\n");
  SHOW("struct", structs());
  printf("\n");
  return 0;
}
