// A function that suspends twice, and a program that resumes it.
//   corocc hello.c -o hello && ./hello
#include <coro/coro.h>
#include <stdio.h>

static yields void greet(const char *whom) {
  printf("hello");
  coro_suspend();
  printf(", %s", whom);
  coro_suspend();
  printf("!\n");
}

int main(void) {
  coro_task(greet) task; // all its memory: sizeof(task) bytes, right here
  coro_context cx = CORO_CONTEXT_INIT;
  coro_start(&task, greet, "world");
  while (coro_poll(&task, &cx) == CORO_PENDING)
    printf("...");
}
