// REQUIRES: x86_64
// RUN: %coro -O1 -g -fplugin-arg-coro-frames=%t.json -c %s -o %t.o && %python -m json.tool %t.json | %filecheck %s
// RUN: %coro -O1 -g -fplugin-arg-coro-frames=- -S %s -o /dev/null | cmp - %t.json
// RUN: %coro -O1 -g -Xclang -disable-llvm-passes -S -emit-llvm %s -o %t.ll && %opt -passes='coro<frames=%t.opt.json>' %t.ll -disable-output && cmp %t.json %t.opt.json
// The record of a frame says in the source's terms what it holds, and when.
#include <coro/coro.h>

yields int next(int n) coro_frame(64);
void use(char *);

__attribute__((noinline)) static yields int sum(int from, const char *name) {
  char buffer[40];
  use(buffer);
  int first = next(from);
  use(buffer);
  coro_suspend();
  return first + *name;
}
yields int caller(void) { return sum(1, "x"); }

// CHECK: "symbol": "sum"
// CHECK-NEXT: "function": "sum"
// CHECK-NEXT: "file": "{{.*}}record-as-json.c"
// CHECK-NEXT: "line": 11
// CHECK-NEXT: "mostAlive": 113
// CHECK-NEXT: "size": [[SIZE:[0-9]+]]
// CHECK: "stateSize": 1
// CHECK-NEXT: "result": {
// CHECK-NEXT: "offset": 4
// CHECK-NEXT: "size": 4
// CHECK: "kind": "argument"
// CHECK: "name": "name"
// CHECK-NEXT: "type": "const char *"
// CHECK-NEXT: "function": "sum"
// CHECK: "line": 11
// CHECK: "kind": "value"
// CHECK: "name": "first"
// CHECK-NEXT: "type": "int"
// CHECK: "kind": "frame"
// CHECK-NEXT: "name": "next"
// CHECK: "kind": "variable"
// CHECK: "size": 40
// CHECK: "name": "buffer"
// CHECK-NEXT: "type": "char[40]"
// CHECK: "suspensions"
// CHECK: "callee": "next"
// CHECK: "line": 14
// CHECK-NEXT: "column": 15
// CHECK: "bytes": 112{{$}}
// CHECK: "line": 16
// CHECK-NEXT: "column": 3
// CHECK: "bytes": 52
// CHECK: "symbol": "caller"
// CHECK: "callee": "sum"
// CHECK: "bytes": 120
