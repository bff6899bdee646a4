// RUN: cp %s %t.c
// RUN: %not %coro -fsyntax-only -Xclang -fixit %t.c 2>&1 | %filecheck %s --check-prefix=FIXED
// RUN: %coro -fsyntax-only %t.c
// RUN: %filecheck %s --input-file=%t.c --match-full-lines
// What the callee hands out, and what it is resumed with.
// FIXED-COUNT-2: FIX-IT applied
#include <coro/coro.h>

struct pair {
  int a, b;
};
yields yields_of(struct pair) void pairs(void) coro_frame(64);
yields_of(int) resumes_with(struct pair) void asks(void) coro_frame(64);

// CHECK: yields_of(struct pair) yields void outer(void) { pairs(); }
yields void outer(void) { pairs(); }
// CHECK: resumes_with(struct pair) yields_of(int) void silent(void) { asks(); }
yields_of(int) void silent(void) { asks(); }
