// RUN: %corocc %cflags %root/docs/examples/hello.c -o %t
// RUN: %t | %filecheck %s
// CHECK: hello..., world...!
