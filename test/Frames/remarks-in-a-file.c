// RUN: %coro -O1 -fsave-optimization-record -foptimization-record-file=%t.yaml -c %s -o %t.o && %filecheck %s < %t.yaml
// RUN: %coro -O1 -c %s -o %t.plain.o
// RUN: %coro -O1 -Rpass=coro -Rpass-missed=coro -Rpass-analysis=coro -c %s -o %t.o 2> %t.said && cmp %t.o %t.plain.o
// The remarks go with clang's own into the optimisation record, with their
// numbers as values; asking for messages changes no object. (The record itself
// has clang add line tables.)
#include <coro/coro.h>

static yields int small(int n) {
  coro_suspend();
  return n + 1;
}
static __attribute__((noinline)) yields int apart(int n) {
  coro_suspend();
  return n;
}
yields int caller(int n) { return small(n) + apart(n); }

// CHECK: --- !Passed
// CHECK-NEXT: Pass: coro-fuse
// CHECK-NEXT: Name: Flattened
// CHECK-NEXT: DebugLoc: { File: {{.*}}, Line: 17,
// CHECK: Column: 35 }
// CHECK-NEXT: Function: caller
// CHECK: - Callee: small
// CHECK: - Size: '{{[0-9]+}}'
// CHECK: - Limit: '60'
// CHECK: --- !Missed
// CHECK-NEXT: Pass: coro-fuse
// CHECK-NEXT: Name: NoInline
// CHECK: --- !Passed
// CHECK-NEXT: Pass: coro-frame
// CHECK-NEXT: Name: Frame
// CHECK: - Size: '{{[0-9]+}}'
// CHECK: --- !Analysis
// CHECK-NEXT: Pass: coro-frame
// CHECK-NEXT: Name: Member
// CHECK: - Offset: '{{[0-9]+}}'
