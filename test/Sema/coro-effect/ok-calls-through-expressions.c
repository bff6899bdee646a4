// RUN: %coro %cflags -O0 -S -emit-llvm -o - -Xclang -verify %s | %filecheck %s
// The typedef says it wherever the pointer comes from: each of these calls the
// start function of a descriptor, and none the descriptor itself.
// expected-no-diagnostics
#include <coro/coro.h>

typedef yields int (*pointer)(int) coro_frame(64);
pointer get(void);
yields int a(int n) {
  coro_suspend();
  return n;
}

// CHECK-NOT: call i32 %{{[^(]*}}(i32
yields int returned(void) { return get()(1); }
yields int cast(void *p) { return ((pointer)p)(1); }
yields int literal(void) { return ((pointer){a})(1); }
yields int either(int n, pointer p, pointer q) { return (n ? p : q)(1); }
yields int pointed(pointer *p) { return (*p)(1) + p[0](2) + (**p)(3); }
yields int comma(pointer p) { return ((void)0, p)(1); }
yields int named(void) { return (*a)(1) + (**a)(2) + (&a)(3) + (*&a)(4); }
