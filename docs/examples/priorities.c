/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * An executor of one's own: the generic one, with another answer to "who is
 * next?". Tasks have a priority from 0 to 3; of the ready ones the most urgent
 * is polled, those of equal priority in turn.
 *
 *   corocc priorities.c -o priorities && ./priorities
 */
#include <coro/coro.h>
#include <stdio.h>

/* The executor -------------------------------------------------------------*/

enum { LEVELS = 4 };

/* Its scheduler: a queue for each level. */
struct levels {
  coro_scheduler scheduler;
  coro_runnable *first[LEVELS], **last[LEVELS];
};

/* A task with its level. The executor hands us the job's first words. */
struct prioritised {
  coro_job job;
  unsigned level;
};

static void push(coro_scheduler *scheduler, coro_runnable *run) {
  struct levels *self = (struct levels *)scheduler;
  unsigned level = ((struct prioritised *)run)->level;
  run->next = NULL;
  *self->last[level] = run;
  self->last[level] = &run->next;
}

static coro_runnable *pop(coro_scheduler *scheduler) {
  struct levels *self = (struct levels *)scheduler;
  for (unsigned level = 0; level < LEVELS; level++) {
    coro_runnable *run = self->first[level];
    if (!run)
      continue;
    self->first[level] = run->next;
    if (!run->next)
      self->last[level] = &self->first[level];
    return run;
  }
  return NULL;
}

static const coro_scheduler_ops by_level = {
    .version = CORO_CAPABILITY_VERSION, .push = push, .pop = pop};

static void begin(coro_executor *executor, struct levels *levels) {
  *levels = (struct levels){.scheduler = {&by_level}};
  for (unsigned level = 0; level < LEVELS; level++)
    levels->last[level] = &levels->first[level];
  coro_executor_init(executor, NULL, NULL);
  coro_executor_set_scheduler(executor, &levels->scheduler);
}

/* What it is for -----------------------------------------------------------*/

yields static void work(const char *name, int steps) {
  for (int i = 1; i <= steps; i++) {
    printf("%s %d\n", name, i);
    coro_yield_now();
  }
}

int main(void) {
  coro_executor executor;
  struct levels levels;
  begin(&executor, &levels);

  static const char *const names[] = {"backup", "screen", "sound", "search"};
  static const unsigned level[] = {3, 1, 0, 1};
  coro_task(work) tasks[4];
  struct prioritised jobs[4];
  for (int i = 0; i < 4; i++) {
    jobs[i].level = level[i];
    coro_start(&tasks[i], work, names[i], 2);
    coro_executor_add(&executor, &jobs[i].job, coro_erase(&tasks[i]), NULL);
  }
  coro_executor_run(&executor);
  coro_executor_fini(&executor);
}
