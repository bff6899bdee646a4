// RUN: %not %corocc --suspends %s > %t 2>&1 && %filecheck %s < %t
// RUN: %not %corocc --suspends=json %s 2>&1 >%t | %filecheck %s
#include <coro/coro.h>

static yields int next(void) {
  coro_suspend();
  return unknown;
  // CHECK: [[@LINE-1]]:10: error: use of undeclared identifier 'unknown'
}

yields int first(void) { return next(); }
