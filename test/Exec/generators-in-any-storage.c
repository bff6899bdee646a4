// RUN: %oracle %s
// ORACLE-EXPECTS: 0:0 1:0 2:0 0:1 1:1 2:1 0:0 1:2 2:2 0:1 1:0 2:3 1:1 2:0 1:2 2:1 2:2 2:3
// ORACLE-EXPECTS: 2 3 4
// ORACLE-EXPECTS: 4 0
// ORACLE-EXPECTS: 2 1
// Tasks of generators in members, arrays and globals; moved before they start,
// started anew, polled without their type.
#include <coro/coro.h>
#include <stdio.h>
#include <string.h>

yields_of(int) static void count(int n) {
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
yields_of(int) static double twice(int n) {
  count(n);
  count(n);
  return n;
}
yields_of(unsigned long) static void naturals(void) {
  for (unsigned long i = 0;; i++)
    coro_yield(i);
}

struct holder {
  int k;
  coro_task(twice) tasks[3];
};
static struct holder global;
static coro_task(naturals) numbers;

int main(void) {
  struct holder local;
  for (int i = 0; i < 3; i++)
    coro_start(&local.tasks[i], twice, i + 2);
  global = local;
  memset((void *)&local, 0x77, sizeof(local));
  const char *space = "";
  for (int left = 3; left;) {
    left = 0;
    for (int i = 0; i < 3; i++)
      if (coro_next(&global.tasks[i])) {
        left++;
        printf("%s%d:%d", space, i, global.tasks[i].yielded);
        space = " ";
      }
  }
  puts("");
  printf("%g %g %g\n", global.tasks[0].result, global.tasks[1].result,
         global.tasks[2].result);
  coro_start(&numbers, naturals);
  for (int i = 0; i < 5; i++)
    coro_next(&numbers);
  printf("%lu ", numbers.yielded);
  coro_start(&numbers, naturals);
  coro_next(&numbers);
  printf("%lu\n", numbers.yielded);

  coro_any_task any = coro_erase(&numbers);
  coro_context cx = CORO_CONTEXT_INIT;
  printf("%d ", coro_poll_any(any, &cx)); // CORO_YIELDED
  unsigned long value = 0;
  if (any.coro->value_size == sizeof(value))
    memcpy(&value, (char *)any.frame + any.coro->value_offset, sizeof(value));
  printf("%lu\n", value);
  return 0;
}
