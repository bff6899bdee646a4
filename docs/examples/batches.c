/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * An executor of one's own, from nothing: its tasks yield requests, it performs
 * them in batches and resumes each task with its result. The tasks know neither
 * when nor how: here, lookups that are sorted, so that the disk is read once
 * from front to back. A request may come from any depth of calls.
 *
 *   corocc batches.c -o batches && ./batches
 */
#include <coro/coro.h>
#include <stdio.h>
#include <stdlib.h>

struct request {
  unsigned block;
};

/* What is in a block. */
yields_of(struct request)
    resumes_with(unsigned) static unsigned read_block(unsigned block) {
  unsigned next;
  coro_yield_receive(((struct request){block}), &next);
  return next;
}

/* A task: goes from block to block. */
yields_of(struct request)
    resumes_with(unsigned) static void follow(const char *name, unsigned block,
                                              int steps) {
  for (int i = 0; i < steps; i++) {
    unsigned next = read_block(block);
    printf("%s: block %u leads to %u\n", name, block, next);
    block = next;
  }
}

/* The executor -------------------------------------------------------------*/

struct walker {
  coro_task(follow) task;
  bool asks; /* task.yielded is what it waits for; else it is done */
};

static int by_block(const void *a, const void *b) {
  unsigned x = (*(struct walker *const *)a)->task.yielded.block;
  unsigned y = (*(struct walker *const *)b)->task.yielded.block;
  return (x > y) - (x < y);
}

/* Performs a batch, and hears what each task asks for next. */
static void perform(struct walker **batch, size_t size, const unsigned *disk) {
  qsort(batch, size, sizeof(batch[0]), by_block);
  printf("%zu at once, from block %u\n", size, batch[0]->task.yielded.block);
  for (size_t i = 0; i < size; i++) {
    unsigned next = disk[batch[i]->task.yielded.block];
    batch[i]->asks = coro_send(&batch[i]->task, next);
  }
}

static void run(struct walker *walkers, size_t count, const unsigned *disk) {
  struct walker *batch[8];
  for (size_t i = 0; i < count; i++)
    walkers[i].asks = coro_next(&walkers[i].task);
  for (;;) {
    size_t size = 0;
    for (size_t i = 0; i < count && size < 8; i++)
      if (walkers[i].asks)
        batch[size++] = &walkers[i];
    if (!size)
      return;
    perform(batch, size, disk);
  }
}

/* What it is for -----------------------------------------------------------*/

int main(void) {
  static const unsigned disk[] = {5, 3, 0, 7, 1, 6, 2, 4};
  struct walker walkers[3];
  coro_start(&walkers[0].task, follow, "a", 6, 2);
  coro_start(&walkers[1].task, follow, "b", 0, 3);
  coro_start(&walkers[2].task, follow, "c", 3, 1);
  run(walkers, 3, disk);
}
