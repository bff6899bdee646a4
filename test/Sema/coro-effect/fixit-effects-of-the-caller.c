// RUN: cp %s %t.c
// RUN: %not %coro -fsyntax-only -Xclang -fixit %t.c 2>&1 | %filecheck %s --check-prefix=FIXED
// RUN: %coro -fsyntax-only %t.c
// RUN: %filecheck %s --input-file=%t.c --match-full-lines
// The edits that the messages carry make the program right.
// FIXED-COUNT-7: FIX-IT applied
#include <coro/coro.h>

yields int fetch(int n) coro_frame(64);
yields yields_of(int) void slow(int n) coro_frame(64);
yields_of(long) resumes_with(char) void asks(void) coro_frame(64);
raises(int) int parse(const char *text);

// CHECK: yields int plain(void) { return fetch(1); }
int plain(void) { return fetch(1); }

// CHECK: yields static int declared_before(void);
static int declared_before(void);
// CHECK: yields int uses_it(void) { return declared_before(); }
yields int uses_it(void) { return declared_before(); }
// CHECK: yields static int declared_before(void) { return fetch(1); }
static int declared_before(void) { return fetch(1); }

// CHECK: yields yields_of(int) void ones(void) { coro_yield(fetch(1)); }
yields_of(int) void ones(void) { coro_yield(fetch(1)); }
// CHECK: yields yields_of(int) void twos(void) { coro_suspend(); }
yields_of(int) void twos(void) { coro_suspend(); }
// CHECK: yields int pauses(void) {
int pauses(void) {
  coro_suspend();
  return 1;
}
// CHECK: yields int sum(void) {
int sum(void) {
  int s = 0;
  coro_for(int x, slow, 1)
      s += x;
  return s;
}
// CHECK: raises(int) int first(void) { return parse("1"); }
int first(void) { return parse("1"); }
