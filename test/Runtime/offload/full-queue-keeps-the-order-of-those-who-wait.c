// Works run first in, first out. Those who find the queue full stand in line
// behind it, in order; who is cancelled leaves either; and who does not want to
// stand in line is told that it is full.
// RUN: %corocc %cflags -O1 %s -o %t && %t
// RUN: %coro %cflags -O2 -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t && %t
#include "run.h"

static sem_t runs, go;
static void block(void) {
  sem_post(&runs);
  wait_for(&go);
}
static yields void wait_blocked(void) { coro_offload(block); }

/* Of the one helper. */
static char order[64];
static void note(char name) { order[strlen(order)] = name; }
static yields void wait_noted(char name) { coro_offload(note, name); }

struct own_work {
  coro_work work;
  char name;
};
static void run_own(coro_work *work) { note(((struct own_work *)work)->name); }

static yields void wait_own(struct own_work *own) {
  coro_wait(&own->work.future);
  CHECK(own->work.result == 0);
}

static void check_counts(size_t queued, size_t waiting) {
  coro_helpers_state now = coro_helpers_now(&helpers);
  CHECK(now.queued == queued && now.waiting == waiting);
}

int main(void) {
  sem_init(&runs, 0, 0);
  sem_init(&go, 0, 0);
  open_helpers((coro_helpers_options){.max = 1, .limit = 3});
  BEGIN(wait_blocked);
  run_ready();
  wait_for(&runs);

  int first = BEGIN(wait_noted, 'a');
  BEGIN(wait_noted, 'b');
  run_ready();
  check_counts(2, 0);
  struct own_work own = {.name = 'c'}, late = {.name = 'x'};
  coro_work_init(&own.work, run_own);
  coro_work_init(&late.work, run_own);
  CHECK(coro_work_try(&own.work, &helpers.offloader) == 0);
  check_counts(3, 0);
  CHECK(coro_work_try(&late.work, &helpers.offloader) == CORO_BUSY);
  BEGIN(wait_noted, 'd');
  BEGIN(wait_noted, 'e');
  int last = BEGIN(wait_noted, 'f');
  BEGIN(wait_noted, 'g');
  run_ready();
  check_counts(3, 4);

  /* One leaves the line; one the queue, and the first in line moves up. */
  coro_job_cancel(&tasks[last].job);
  run_ready();
  check_counts(3, 3);
  coro_job_cancel(&tasks[first].job);
  run_ready();
  check_counts(3, 2);
  CHECK(coro_work_try(&late.work, &helpers.offloader) == CORO_BUSY);
  BEGIN(wait_own, &own);

  sem_post(&go);
  close_helpers();
  free_tasks();
  check_text(order, "bcdeg");
  CHECK(coro_work_try(&late.work, &helpers.offloader) == CORO_CLOSED);
  CHECK(coro_work_try(&late.work, NULL) == CORO_NOT_OFFERED);
}
