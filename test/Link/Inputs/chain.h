// A chain of calls through units: one -> two -> three, each in a unit of its
// own, and a static function of the same name in each.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

struct text {
  char bytes[40];
};

yields int one(int n);
yields int two(int n, long *sum);
yields long three(int n);
yields struct text name(int n);
yields int large(int n);
yields int total(int count, ...);
yields void note(const char *what);
