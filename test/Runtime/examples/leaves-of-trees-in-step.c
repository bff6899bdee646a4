// RUN: %corocc %cflags %root/docs/examples/leaves.c -o %t
// RUN: %t | %filecheck %s
// CHECK: coro
// CHECK: 1 0
