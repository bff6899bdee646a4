// RUN: %corocc %cflags %root/docs/examples/deadline.c -o %t
// RUN: %t | %filecheck %s
// CHECK: How many? 42
// CHECK-NEXT: And why? Nobody knows.
