// RUN: %corocc %cflags %root/docs/examples/performer.c -o %t && %t | %filecheck %s
// RUN: %coro %cflags -O1 -fsanitize=thread %root/docs/examples/performer.c %root/runtime/core/perform.c %root/runtime/time/sleep.c %rt_src -o %t
// RUN: %t | %filecheck %s
// CHECK: {{^338350$}}
