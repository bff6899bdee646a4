// RUN: %corocc %cflags %root/docs/examples/offloader.c -o %t && %t | %filecheck %s
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %root/docs/examples/offloader.c %rt_src -o %t
// RUN: %t | %filecheck %s
// RUN: %corocc %cflags -O1 -fsanitize=thread %root/docs/examples/offloader.c %rt_src -o %t
// RUN: %t | %filecheck %s
// CHECK: {{^30$}}
