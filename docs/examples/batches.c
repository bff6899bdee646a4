/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * An executor of one's own, from nothing: its tasks yield requests, it performs
 * them in batches and resumes each task with its result. The tasks know neither
 * when nor how: here, lookups that are sorted, so that the disk is read once
 * from front to back.
 *
 *   corocc batches.c -o batches && ./batches
 */
#include <coro/coro.h>
#include <stdio.h>
#include <stdlib.h>

struct request {
  unsigned block;
};

/* A task: asks for blocks, one after the other, and hears what is in them. */
yields_of(struct request)
    resumes_with(unsigned) static void follow(const char *name, unsigned block,
                                              int steps) {
  for (int i = 0; i < steps; i++) {
    unsigned next;
    coro_yield_receive(((struct request){block}), &next);
    printf("%s: block %u leads to %u\n", name, block, next);
    block = next;
  }
}

/* The executor --------------------------------------------------------------*/

struct walker {
  coro_task(follow) task;
  struct request request; /* what it waits for */
  bool done;
};

static int by_block(const void *a, const void *b) {
  const struct walker *x = *(struct walker *const *)a;
  const struct walker *y = *(struct walker *const *)b;
  return (x->request.block > y->request.block) -
         (x->request.block < y->request.block);
}

/* Notes what a task asks for next, if it does. */
static void note(struct walker *walker, bool asks) {
  walker->done = !asks;
  if (asks)
    walker->request = walker->task.yielded;
}

static void run(struct walker *walkers, int count, const unsigned *disk) {
  struct walker *batch[8];
  for (int i = 0; i < count; i++)
    note(&walkers[i], coro_next(&walkers[i].task)); /* its first request */
  for (int reads = 1;; reads++) {
    int size = 0;
    for (int i = 0; i < count; i++)
      if (!walkers[i].done)
        batch[size++] = &walkers[i];
    if (!size)
      return;
    qsort(batch, (size_t)size, sizeof(batch[0]), by_block);
    printf("batch %d of %d, from block %u\n", reads, size,
           batch[0]->request.block);
    for (int i = 0; i < size; i++)
      note(batch[i], coro_send(&batch[i]->task, disk[batch[i]->request.block]));
  }
}

int main(void) {
  static const unsigned disk[] = {5, 3, 0, 7, 1, 6, 2, 4};
  struct walker walkers[3];
  coro_start(&walkers[0].task, follow, "a", 6, 2);
  coro_start(&walkers[1].task, follow, "b", 0, 3);
  coro_start(&walkers[2].task, follow, "c", 3, 1);
  run(walkers, 3, disk);
}
