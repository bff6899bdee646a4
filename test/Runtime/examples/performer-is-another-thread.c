// RUN: %corocc %cflags %root/docs/examples/performer.c -o %t && %t | %filecheck %s
// RUN: %corocc %cflags -O1 -fsanitize=thread %root/docs/examples/performer.c %rt_src -o %t
// RUN: %t | %filecheck %s
// CHECK: {{^338350$}}
