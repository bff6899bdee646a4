// A task polled by hand: a countdown that stops after each number.
#include <coro/coro.h>
#include <stdio.h>

static yields int count_down(const char *name, int from) {
  int steps = 0;
  for (int i = from; i > 0; i--) {
    printf("%s %d\n", name, i);
    steps++;
    coro_suspend();
  }
  return steps;
}

int main(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_task(count_down) a, b;
  coro_start(&a, count_down, "a", 3);
  coro_start(&b, count_down, "b", 2);
  printf("each task takes %zu bytes\n", sizeof(a));

  coro_status a_status, b_status;
  do {
    a_status = coro_poll(&a, &cx);
    b_status = coro_poll(&b, &cx);
  } while (a_status != CORO_DONE || b_status != CORO_DONE);
  printf("a took %d steps, b took %d\n", a.result, b.result);
}
