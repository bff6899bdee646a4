// REQUIRES: x86_64
// RUN: %coro -O1 -g -fplugin-arg-coro-frames=- -c %s -o %t.o | %python -m json.tool | %filecheck %s
// A suspension in a function that was fused says where, and for which call; its
// variables say whose they are.
#include <coro/coro.h>

static yields int inner(int count) {
  while (count-- > 0)
    coro_suspend();
  return 7;
}
yields int outer(void) { return inner(3) + 1; }
// CHECK: "symbol": "outer"
// CHECK: "kind": "value"
// CHECK: "name": "count"
// CHECK: "function": "inner"
// CHECK: "suspensions": [
// CHECK: "where": [
// CHECK: "function": "inner"
// CHECK: "line": 9
// CHECK: "function": "outer"
// CHECK: "line": 12
// CHECK-NEXT: "column": 33
