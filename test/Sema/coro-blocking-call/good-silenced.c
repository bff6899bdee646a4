// RUN: %coro -fsyntax-only -DALLOWED -Werror -Wall %s
// RUN: %coro -fsyntax-only -w %s
// RUN: %coro -fsyntax-only -w -Werror %s
// RUN: %coro -fsyntax-only -fplugin-arg-coro-no-warn=coro-blocking-call %s
// RUN: %coro -fsyntax-only -fplugin-arg-coro-error=coro-blocking-call -fplugin-arg-coro-no-warn=coro-blocking-call -Werror %s
// RUN: %coro -fsyntax-only -isystem %S/Inputs -DSYSTEM -Werror %s
// RUN: %not %coro -fsyntax-only -Werror %s 2>&1 | %filecheck %s
// RUN: %not %coro -fsyntax-only -fplugin-arg-coro-error=coro-blocking-call %s 2>&1 | %filecheck %s
// RUN: %not %coro -fsyntax-only -w -fplugin-arg-coro-error=coro-blocking-call %s 2>&1 | %filecheck %s
// RUN: %not %coro -fsyntax-only -fplugin-arg-coro-no-warn=coro-blocking-call -fplugin-arg-coro-error=coro-blocking-call %s 2>&1 | %filecheck %s
// RUN: %coro -fsyntax-only -Wno-error %s 2>&1 | %filecheck --check-prefix=WARNING %s
// RUN: %coro -fsyntax-only -isystem %S/Inputs -DSYSTEM -Wsystem-headers %s 2>&1 | %filecheck --check-prefix=HEADER %s
// On the command line, in system headers, and at one place in the source.
// CHECK-COUNT-7: error: 'getchar' blocks the thread, and {{.*}} [coro-blocking-call]
// CHECK-NOT: error: 'getchar'
// WARNING-COUNT-7: warning: 'getchar' blocks
// HEADER: warning: 'getchar' blocks the thread, and 'of_a_library' yields
#include <coro/coro.h>
#include <stdio.h>

#ifdef SYSTEM
#include <library.h>
#else
#ifdef ALLOWED
#define allowed coro_allow("coro-blocking-call")
#else
#define allowed
#endif

yields int places(int n) {
  allowed n += getchar();
  allowed {
    n += getchar();
    n += getchar();
  }
  allowed int m = getchar();
  allowed for (int i = 0; i < n; i++) m += getchar();
  coro_suspend();
  allowed return m + n + getchar();
}
allowed yields int whole_function(int n) {
  coro_suspend();
  return n + getchar();
}

// In a chain, at the call that is fine.
#ifdef ALLOWED
static int inside(void) { allowed return getchar(); }
coro_allow("coro-blocking-call") static int whole(void) { return getchar(); }
static int outer(void) { allowed return inside() + whole(); }
[[clang::suppress("coro-blocking-call")]] static int standard(void) {
  return getchar();
}
yields int chains(void) {
  coro_suspend();
  return inside() + whole() + outer() + standard();
}
#endif
#endif
