// RUN: %coro -O2 -fno-unroll-loops -emit-llvm -S %s -o %t.ll
// RUN: %filecheck %s < %t.ll
// What a loop keeps is stored by f.start alone: where the function was resumed,
// it is still in the frame. What the loop changes is stored each time.
#include <coro/coro.h>

// CHECK-LABEL: define{{.*}} @steps.start(
// CHECK-DAG: store i32 %[[#]], ptr
// CHECK-DAG: store ptr %[[#]], ptr
// CHECK: {{^}}}
// CHECK-LABEL: define{{.*}} @steps.poll(
// CHECK: %[[M:[0-9]+]] = mul i32 %[[#]], 31
// CHECK-NEXT: %[[S:[0-9]+]] = add i32 %[[M]], %[[I:[0-9]+]]
// CHECK-NEXT: store i32 %[[S]],
// CHECK-NEXT: store i32 %[[I]],
// CHECK-NEXT: store i8 3,
// CHECK-NEXT: br
// CHECK: {{^}}}
yields void steps(int n, unsigned *sum) {
  for (int i = 0; i < n; i++) {
    *sum = *sum * 31 + (unsigned)i;
    coro_suspend();
  }
}
