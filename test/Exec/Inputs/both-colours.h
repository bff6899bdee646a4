/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* One source of both colours: CORO_ASYNC says which. */
struct source {
  int numbers[3];
  int next;
};

yields_if(CORO_ASYNC) static int next_number(struct source *from) {
#if CORO_ASYNC
  coro_suspend();
#endif
  return from->numbers[from->next++];
}

yields_if(CORO_ASYNC) static int sum_source(struct source *from, int count) {
  int sum = 0;
  while (count-- > 0)
    sum += next_number(from);
  return sum;
}
