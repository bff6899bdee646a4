// RUN: %corocc %cflags %root/docs/examples/walk.c -o %t
// RUN: %t | %filecheck %s
// CHECK: coro
// CHECK: 1 0
