// Whatever bytes the section of records has, a dump ends, and touches nothing
// outside of the file's and the task's: some bytes of it are changed, many
// times.
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %python %S/Inputs/damage.py %t 40
#include "../check.h"

#include <coro/coro.h>
#include <unistd.h>

yields static int leaf(int n) {
  coro_sleep((uint64_t)n * CORO_SECOND);
  return n;
}

__attribute__((noinline)) yields static int waits(int n) {
  coro_task(leaf) first, second;
  coro_start(&first, leaf, n);
  coro_start(&second, leaf, n + 1);
  coro_join(&first, &second);
  return leaf(n);
}

coro_boxed yields int boxed(int depth, int (*f)(int) yields) {
  int below = 0;
  if (depth > 0)
    coro_try_box(&below, boxed, depth - 1, f);
  else
    coro_try_box(&below, f, 1);
  return below;
}

/* Tasks that are somewhere else. */
__attribute__((noinline)) yields static void
named(coro_any_task one, coro_any_task *others, coro_task(leaf) *last) {
  coro_any_task both[2] = {others[0], others[1]};
  coro_join(&one, &both[0], &both[1], others + 2, last);
}

yields int outer(int n, coro_any_task *others, coro_task(leaf) *last) {
  coro_task(waits) first;
  coro_task(boxed) second;
  coro_task(named) third;
  coro_start(&first, waits, n);
  coro_start(&second, boxed, n, leaf);
  coro_start(&third, named, others[3], others, last);
  coro_join(&first, &second, &third);
  return first.result + 1;
}

int main(void) {
  coro_loop loop;
  coro_job job;
  coro_task(outer) *task =
      malloc(sizeof(*task)); /* so that reads are checked */
  coro_task(leaf) *last = malloc(sizeof(*last));
  CHECK(task && last && !coro_loop_init(&loop));
  coro_any_task others[4];
  for (int i = 0; i < 4; i++)
    others[i] = coro_new(&coro_allocator_default, leaf, i);
  coro_start(last, leaf, 6);
  coro_start(task, outer, 5, others, last);
  coro_loop_add(&loop, &job, coro_erase(task), NULL);
  while (coro_executor_step(&loop.executor))
    ;
  CHECK(coro_dump(&loop.executor, STDOUT_FILENO) == 1);
  CHECK(coro_executor_shutdown(&loop.executor, CORO_FOREVER) == 0);
  coro_loop_fini(&loop);
  for (int i = 0; i < 4; i++)
    coro_free(others[i]);
  free(last);
  free(task);
}
