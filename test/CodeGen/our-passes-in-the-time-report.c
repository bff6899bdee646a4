// RUN: %coro -O1 -ftime-report -c %s -o /dev/null 2> %t.report
// RUN: %filecheck %s < %t.report
// -ftime-report has our passes by their classes.
#include <coro/coro.h>

// CHECK-DAG: coro::LowerEffects
// CHECK-DAG: coro::PlaceFrame
// CHECK-DAG: coro::Split
yields int waits(int n) {
  coro_suspend();
  return n;
}
