// RUN: %coro %cflags -O2 -I%S/Inputs -DCORO_ASYNC=1 -DUNIT=waits -c %s -o %t.waits.o
// RUN: %coro %cflags -O2 -I%S/Inputs -DCORO_ASYNC=0 -DUNIT=blocks -c %s -o %t.blocks.o
// RUN: %coro %cflags -O2 -I%S/Inputs -DMAIN -c %s -o %t.main.o
// RUN: %clang %t.main.o %t.waits.o %t.blocks.o %rt -o %t && %t | %filecheck %s
// RUN: %coro %cflags -O0 -I%S/Inputs -DCORO_ASYNC=1 -DUNIT=waits -c %s -o %t.waits.o
// RUN: %coro %cflags -O0 -I%S/Inputs -DCORO_ASYNC=0 -DUNIT=blocks -c %s -o %t.blocks.o
// RUN: %clang %t.main.o %t.waits.o %t.blocks.o %rt -o %t && %t | %filecheck %s
// A header whose functions are all yields_if(CORO_ASYNC) is compiled once with
// each colour, and both run in one program.
// CHECK: 3 suspensions, sum 60
// CHECK-NEXT: no suspension, sum 60
#include <coro/coro.h>
#include <stdio.h>

int run_waits(void);
int run_blocks(void);

#ifdef MAIN
int main(void) { return run_waits() + run_blocks(); }
#else
#include "both-colours.h"

#define PASTE(a, b) a##b
#define NAME(prefix, unit) PASTE(prefix, unit)

int NAME(run_, UNIT)(void) {
  struct source from = {{10, 20, 30}, 0};
#if CORO_ASYNC
  int suspensions = 0;
  coro_task(sum_source) task;
  coro_context cx = CORO_CONTEXT_INIT;
  coro_start(&task, sum_source, &from, 3);
  while (coro_poll(&task, &cx) == CORO_PENDING)
    suspensions++;
  printf("%d suspensions, sum %d\n", suspensions, task.result);
#else
  printf("no suspension, sum %d\n", sum_source(&from, 3));
#endif
  return 0;
}
#endif
