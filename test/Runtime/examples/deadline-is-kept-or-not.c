// RUN: %corocc %cflags %root/docs/examples/deadline.c -o %t
// RUN: %t | %filecheck %s
// CHECK: after 10 ms: 42
// CHECK-NEXT: after 300 ms: too late
