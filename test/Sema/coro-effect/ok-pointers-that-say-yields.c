// RUN: %coro %cflags -O1 -c -Xclang -verify -o %t.o %s
// Every declarator of function-pointer type can say it, or its typedef.
// expected-no-diagnostics
#include <coro/coro.h>
#include <stddef.h>

typedef yields int (*pointer)(int) coro_frame(64);
struct table {
  yields int (*entry)(int) coro_frame(64);
  pointer other;
};

yields int w(int n) {
  coro_suspend();
  return n;
}

yields int (*global)(int) coro_frame(64) = w;
pointer by_typedef = w;
yields int (*array[2])(int) coro_frame(64) = {w, &w};
static const struct table table = {.entry = w, .other = w};

yields int call(yields int (*parameter)(int) coro_frame(64)) {
  return parameter(1);
}

yields int calls(const struct table *t, int i) {
  yields int (*local)(int) coro_frame(64) = i ? w : NULL;
  if (!local || local != w)
    return 0;
  return local(1) + (*local)(2) + t->entry(3) + (*t->other)(4) + array[i](5) +
         global(6) + by_typedef(7) + call(w) + table.entry(8);
}

// A pointer's parameters say it in its own declaration.
struct methods {
  yields int (*each)(yields int (*f)(int) coro_frame(64), int) coro_frame(128);
};
yields int methods(const struct methods *m) {
  yields int (*of)(yields int (*f)(int) coro_frame(64)) coro_frame(128) = call;
  return of(w) + m->each(w, 1);
}
