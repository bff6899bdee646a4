// Jobs of functions that yield, cancelled by another job: their cleanups run,
// and may sleep; what is shielded is finished before; a task that cancels its
// own job goes on to its next suspension. The run ends with the last of them.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fplugin-arg-coro-poison-dead %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan && %t.asan
#include "../check.h"

#include <coro/testing.h>

#include <coro/coro.h>

static coro_fake fake;

static void at(const char *what) {
  char text[40];
  snprintf(text, sizeof(text), "%s@%d", what, (int)fake.now);
  event(text);
}

static void clean(const char **name) { at(*name); }
static yields void clean_slowly(const char **name) {
  coro_sleep(7);
  at(*name);
}

static yields int sleeps(void) {
  __attribute__((cleanup(clean_slowly))) const char *slow = "slow";
  __attribute__((cleanup(clean))) const char *quick = "quick";
  return coro_sleep(CORO_FOREVER);
}

static yields int waits_for_a_file(void) {
  __attribute__((cleanup(clean))) const char *file = "file";
  return coro_wait_fd(3, CORO_READABLE);
}

static yields int is_shielded(void) {
  __attribute__((cleanup(clean))) const char *behind = "behind";
  coro_shield {
    coro_sleep(20);
    at(coro_cancelled() ? "shielded" : "not cancelled");
  }
  coro_sleep(1);
  CHECK(false);
  return 0;
}

static yields int ends_in_a_shield(void) {
  coro_shield { coro_sleep(30); }
  return 9;
}

static coro_job jobs[5];
static coro_task(ends_in_a_shield) ending;

static yields int cancels_all(void) {
  __attribute__((cleanup(clean))) const char *own = "own";
  coro_sleep(5);
  for (int i = 0; i < 5; i++)
    coro_job_cancel(&jobs[i]);
  at("asked");
  coro_sleep(1);
  CHECK(false);
  return 0;
}

static void note_end(coro_job *job, coro_status status) {
  CHECK(status == (job->task.frame == &ending ? CORO_DONE : CORO_CANCELLED));
  at(job->task.coro->name);
}

int main(void) {
  coro_fake_init(&fake, NULL, 0);
  coro_executor executor;
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
#define ADD(index, task, f)                                                    \
  coro_start(&task, f);                                                        \
  coro_executor_add(&executor, &jobs[index], coro_erase(&task), note_end)
  static coro_task(sleeps) sleeping;
  static coro_task(waits_for_a_file) waiting;
  static coro_task(is_shielded) shielded;
  static coro_task(cancels_all) canceller;
  ADD(0, sleeping, sleeps);
  ADD(1, waiting, waits_for_a_file);
  ADD(2, shielded, is_shielded);
  ADD(3, ending, ends_in_a_shield);
  ADD(4, canceller, cancels_all);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  CHECK(!fake.waits && !fake.timers.first && ending.result == 9);
  check_text(events, "asked@5 quick@5 file@5 waits_for_a_file@5 own@5 "
                     "cancels_all@5 slow@12 sleeps@12 shielded@20 behind@20 "
                     "is_shielded@20 ends_in_a_shield@30");
}
