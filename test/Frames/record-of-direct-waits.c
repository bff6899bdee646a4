// RUN: %coro -O1 -fplugin-arg-coro-frames=- -c %s -o %t.o | %python -m json.tool | %filecheck %s
// RUN: %coro -O1 -fplugin-arg-coro-no-direct-resume -fplugin-arg-coro-frames=- -c %s -o %t.o | %python -m json.tool | %filecheck --check-prefix=APART %s
// A wait whose callee's states are among the caller's says how many they are;
// any other has one state, and leaves the rest to the callee's frame.
#include <coro/coro.h>

__attribute__((noinline)) static yields int inner(int n) {
  coro_suspend();
  if (n)
    coro_suspend();
  return n;
}
yields int outer(int n) {
  coro_suspend();
  n += inner(n);
  coro_suspend();
  return n;
}
// CHECK: "symbol": "outer"
// CHECK: "suspensions"
// CHECK: "state": 3,
// CHECK-NOT: "states"
// CHECK: "state": 4,
// CHECK-NEXT: "states": 2,
// CHECK-NEXT: "callee": "inner"
// CHECK-NEXT: "child": {{[0-9]}}
// CHECK: "state": 6,
// CHECK-NOT: "states"

// APART: "symbol": "outer"
// APART: "suspensions"
// APART: "state": 4,
// APART-NEXT: "callee": "inner"
// APART-NEXT: "child": {{[0-9]}}
// APART: "state": 5,
