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

yields int outer(int n) {
  coro_task(waits) first;
  coro_task(boxed) second;
  coro_start(&first, waits, n);
  coro_start(&second, boxed, n, leaf);
  coro_join(&first, &second);
  return first.result + 1;
}

int main(void) {
  coro_loop loop;
  coro_job job;
  coro_task(outer) *task =
      malloc(sizeof(*task)); /* so that reads are checked */
  CHECK(task && !coro_loop_init(&loop));
  coro_start(task, outer, 5);
  coro_loop_add(&loop, &job, coro_erase(task), NULL);
  while (coro_executor_step(&loop.executor))
    ;
  CHECK(coro_dump(&loop.executor, STDOUT_FILENO) == 1);
  CHECK(coro_executor_shutdown(&loop.executor, CORO_FOREVER) == 0);
  coro_loop_fini(&loop);
  free(task);
}
