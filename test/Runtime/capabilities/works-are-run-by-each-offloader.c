// One library function has works run, in turn and at once, begins one without
// waiting, and cancels some at any time, over each offloader: helpers, one that
// runs them on the task's own thread, and the thread of docs/examples. Each
// work runs once, or was cancelled before and never runs.
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined -I%root/docs/examples %s %rt_src -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=thread -I%root/docs/examples %s %rt_src -o %t && %t
// RUN: %corocc %cflags -O2 -I%root/docs/examples %s -o %t && %t
#define main example
#include "offloader.c"
#undef main

#include "../check.h"

struct doubled {
  coro_work work;
  int value; /* plain: written by who runs it */
};

static void twice(coro_work *work) { ((struct doubled *)work)->value *= 2; }

static yields void give_way(int turns) {
  while (turns--)
    coro_yield_now();
}

/* It ran or it did not, where nobody waits for it longer than that. */
static yields void impatient(int turns) {
  struct doubled doubled = {.value = 4};
  coro_work_init(&doubled.work, twice);
  coro_task(give_way) other;
  coro_start(&other, give_way, turns);
  bool ended = coro_race(&doubled.work, &other) == 0;
  CHECK(doubled.value == 8 || (!ended && doubled.value == 4));
}

/* The library. How many were refused by try. */
static yields int library(int n) {
  CHECK(sum(n) == n * (n + 1) * (2 * n + 1) / 6);
  struct doubled many[8];
  for (int i = 0; i < 8; i++) {
    many[i].value = i;
    coro_work_init(&many[i].work, twice);
  }
  coro_join(&many[0].work, &many[1].work, &many[2].work, &many[3].work);
  for (int i = 0; i < 4; i++)
    CHECK(many[i].value == 2 * i && many[i].work.result == 0);
  int refused = 0;
  for (int i = 4; i < 8; i++) {
    int error = coro_work_try(&many[i].work, coro_self()->offloader);
    CHECK(error == 0 || error == CORO_BUSY);
    refused += error != 0;
    coro_wait(&many[i].work.future); /* or begins it here */
    CHECK(many[i].value == 2 * i && many[i].work.result == 0);
  }
  for (int i = 0; i < 200; i++)
    impatient(1 << i % 10);
  return refused;
}

static int over(coro_offloader *offloader) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_executor_context(&executor)->offloader = offloader;
  static coro_slot(library) slots[4];
  for (int i = 0; i < 4; i++) {
    coro_start(&slots[i].task, library, 20);
    coro_executor_add_slot(&executor, &slots[i].run,
                           coro_erase(&slots[i].task));
  }
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  int refused = 0;
  for (int i = 0; i < 4; i++)
    refused += slots[i].task.result;
  return refused;
}

static int over_the_example(void) {
  static const coro_offloader_ops ops = {
      .version = CORO_CAPABILITY_VERSION, .submit = submit, .cancel = cancel};
  struct stack stack = {.offloader = {&ops},
                        .lock = PTHREAD_MUTEX_INITIALIZER,
                        .changed = PTHREAD_COND_INITIALIZER};
  pthread_t thread;
  CHECK(!pthread_create(&thread, NULL, run, &stack));
  int refused = over(&stack.offloader);
  pthread_mutex_lock(&stack.lock);
  stack.end = true;
  pthread_cond_signal(&stack.changed);
  pthread_mutex_unlock(&stack.lock);
  CHECK(!pthread_join(thread, NULL));
  return refused;
}

int main(void) {
  coro_helpers helpers;
  CHECK(!coro_helpers_start(&helpers, NULL));
  CHECK(over(&helpers.offloader) == 0);
  coro_helpers_stop(&helpers);
  CHECK(over(&coro_offload_here) == 0);
  CHECK(over_the_example() == 16); /* it cannot tell */
}
