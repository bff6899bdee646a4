// RUN: %coro -O0 -g -S -emit-llvm -o %t.0.ll %s
// RUN: %coro -O0 -g -S -emit-llvm -DNOTHING -o %t.nothing.ll %s
// RUN: cmp %t.0.ll %t.nothing.ll
// RUN: %coro -O2 -c -o %t.0.o %s
// RUN: %coro -O2 -c -DNOTHING -o %t.nothing.o %s
// RUN: cmp %t.0.o %t.nothing.o
// RUN: %clang -O2 -c -DCORO_ERASE_EFFECTS -o %t.without.o %s
// RUN: cmp %t.0.o %t.without.o
// yields_if(0), raises_if(E, 0) and no attribute are the same function, on
// functions, pointers, members and typedefs.
#include <coro/coro.h>

#ifdef NOTHING
#undef yields_if
#undef raises_if
#define yields_if(condition)
#define raises_if(E, condition)
#endif

typedef yields_if(0) int (*callback)(int);
struct ops {
  yields_if(0) int (*next)(int);
  callback last;
};
yields_if(0) int declared(int n);
yields_if(0) raises_if(int, 0) static int own(int n) { return declared(n) + 1; }
static const struct ops table = {own, declared};
yields_if(0 * 5) int calls(yields_if(0) int (*p)(int), int n) {
  return p(n) + table.next(n) + table.last(n) + own(n);
}
