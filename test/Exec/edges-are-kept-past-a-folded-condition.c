// RUN: %oracle %s
// To fold a condition, clang looks into the function that is called there while
// it generates another one. What is behind the condition unwinds all the same.
// ORACLE-EXPECTS: cleaned 7, caught 7
// ORACLE-EXPECTS: cleaned 8, caught 8
#include <coro/coro.h>
#include <stdio.h>

static void cleaned(int *p) { printf("cleaned %d, ", *p); }
static int always(void) { return 1; }
raises(int) static int fail(int n) { coro_raise(n); }

raises(int) static int user(int n) {
  if (always()) {
    int own __attribute__((cleanup(cleaned))) = n;
    return fail(own);
  }
  return 0;
}

// What catches is looked into, too, before code is generated for it.
static int catches(void) {
  coro_try { user(8); }
  coro_catch(int, e) { printf("caught %d\n", e); }
  return 0;
}

int main(void) {
  coro_try { user(7); }
  coro_catch(int, e) { printf("caught %d\n", e); }
  if (catches())
    printf("never\n");
  return 0;
}
