// RUN: %python %S/Inputs/sections.py %t.dir %s -g -fPIC -fprofile-arcs+-ftest-coverage -fno-omit-frame-pointer+-g3 -- %coro
// Functions without effects, with cleanups and without, global, static and
// inline, are the same code as in a file where nothing raises; and raising
// leaves no table for an unwinder.

void leave(int *p);
int call(int n);
extern volatile int device;
#define SCOPED __attribute__((cleanup(leave)))

#ifndef PLAIN
#include <coro/coro.h>

raises(int) int parse(const char *s);
raises(int) static int helper(const char *s) {
  SCOPED int own = *s;
  return parse(s) + own;
}
raises(int) int raising(const char *s) {
  SCOPED int own = call(*s);
  return helper(s) + parse(s + own);
}
#endif

int plain_cleanup(int n) {
  SCOPED int own = n;
  if (n > 3)
    return call(n);
  for (int i = 0; i < n; i++) {
    SCOPED int each = i;
    if (call(each))
      break;
  }
  return call(own);
}

__attribute__((noinline)) static int plain_static(int n) {
  SCOPED int own = n;
  return call(own) + call(n);
}
static inline int inlined(int n) {
  SCOPED int own = n;
  return call(n);
}
int plain_user(int n) {
  int array[n];
  SCOPED int own = plain_static(n);
  array[n - 1] = inlined(own);
  return array[n - 1] + device;
}

#ifndef PLAIN
int catching(const char *s) {
  coro_try {
    SCOPED int own = raising(s);
    return own;
  }
  coro_catch(int, e) { return e; }
}
#endif

__attribute__((noinline)) static int plain_last(int n) {
  SCOPED int own = n;
  call(1);
  goto out;
out:
  return call(2);
}
int plain_calls_last(int n) { return plain_last(n) + plain_last(n + 1); }
