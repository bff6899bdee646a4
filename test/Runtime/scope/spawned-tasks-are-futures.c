// What is spawned can be waited for, more than once; joined, raced and timed
// out, which ends the wait and not the task; asked for its result and error;
// cancelled; and detached, before it ends and after.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fplugin-arg-coro-poison-dead %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t.asan
// RUN: %t.asan
#include "run.h"

static int ended;

static yields int count(int rounds) {
  for (int i = 0; i < rounds; i++)
    coro_yield_now();
  ended++;
  return rounds;
}

struct wide {
  _Alignas(64) char bytes[64];
};
static yields struct wide aligned(char c) {
  struct wide wide;
  memset(&wide, c, sizeof(wide));
  coro_yield_now();
  CHECK((uintptr_t)&wide % 64 == 0);
  return wide;
}

static raises(long) yields void fails(long why) {
  coro_yield_now();
  coro_raise(why);
}

static yields void clean_slowly_of(int **done) {
  coro_yield_now();
  coro_yield_now();
  ++**done;
}
static yields void never(int *done) {
  __attribute__((cleanup(clean_slowly_of))) int *what = done;
  coro_suspend();
  CHECK(false);
}

static yields void waiting(void) {
  coro_spawned *one = coro_spawn(count, 3);
  CHECK(one && coro_spawned_status(one) == CORO_PENDING);
  CHECK(coro_wait(one) == CORO_DONE && coro_wait(one) == CORO_DONE);
  CHECK(coro_spawned_status(one) == CORO_DONE);
  CHECK(coro_spawned_result(one, count) == 3);
  coro_detach(one);

  coro_spawned *two = coro_spawn(count, 5), *three = coro_spawn(aligned, 'c');
  coro_join(two, three);
  CHECK(coro_spawned_result(two, count) == 5);
  CHECK(coro_spawned_result(three, aligned).bytes[63] == 'c');
  coro_detach(two);
  coro_detach(three);

  coro_spawned *raising = coro_spawn(fails, 77);
  CHECK(coro_wait(raising) == CORO_RAISED);
  CHECK(*(long *)coro_error_any(raising->job.task) == 77);
  coro_detach(raising);
}

static yields void racing(void) {
  coro_spawned *slow = coro_spawn(count, 2000), *quick = coro_spawn(count, 2);
  CHECK(coro_race(slow, quick) == 1);
  CHECK(coro_spawned_status(slow) == CORO_PENDING);
  CHECK(!coro_timeout(0, slow));
  CHECK(coro_spawned_status(slow) == CORO_PENDING);
  CHECK(coro_wait(slow) == CORO_DONE);
  coro_detach(slow);
  coro_detach(quick);
}

static yields void cancelling(void) {
  int cleaned = 0;
  coro_spawned *unrun = coro_spawn(never, &cleaned);
  CHECK(coro_spawned_cancel(unrun) == CORO_CANCELLED && cleaned == 0);
  CHECK(coro_spawned_cancel(unrun) == CORO_CANCELLED);
  coro_detach(unrun);
  coro_spawned *begun = coro_spawn(never, &cleaned);
  coro_yield_now();
  coro_spawned_request_cancel(begun);
  CHECK(coro_wait(begun) == CORO_CANCELLED && cleaned == 1);
  coro_detach(begun);
  coro_spawned *done = coro_spawn(count, 0);
  coro_wait(done);
  CHECK(coro_spawned_cancel(done) == CORO_DONE);
  coro_detach(done);
}

static yields void detaching(void) {
  ended = 0;
  coro_detach(coro_spawn(count, 3));
  coro_detach(coro_spawn(count, 0));
  coro_detach(NULL);
}

static yields void wait_for(coro_future *what) { coro_wait(what); }

/* Who waited is gone when it ends. */
static yields void waiter_is_gone(void) {
  coro_scope_var(scope, 0);
  coro_spawned *late = coro_scope_spawn(&scope, count, 9);
  CHECK(late);
  coro_future *all[] = {&late->future, &scope.all.future, &scope.next.future};
  for (int i = 0; i < 3; i++) {
    coro_spawned *waiter = coro_spawn(wait_for, all[i]);
    coro_yield_now();
    CHECK(coro_spawned_cancel(waiter) == CORO_CANCELLED);
    coro_detach(waiter);
    CHECK(coro_spawned_status(late) == CORO_PENDING);
  }
  for (int i = 0; i < 5; i++)
    coro_yield_now();
  CHECK(coro_spawned_status(late) == CORO_DONE);
}

static yields void in_storage(void) {
  static coro_spawn_storage(count) here[3];
  for (int i = 0; i < 3; i++)
    CHECK(coro_spawn_in(&here[i], count, i) == 0);
  for (int i = 0; i < 3; i++) {
    CHECK(coro_wait(&here[i].spawned) == CORO_DONE);
    CHECK(here[i].task.result == i);
    coro_detach(&here[i].spawned);
  }
  CHECK(coro_spawn_in(&here[0], count, 9) == 0); // again
  CHECK(coro_wait(&here[0].spawned) == CORO_DONE && here[0].task.result == 9);
}

int main(void) {
  RUN(waiting);
  CHECK(asked == 4);
  RUN(racing);
  RUN(cancelling);
  RUN(waiter_is_gone);
  RUN(detaching);
  CHECK(ended == 2 && asked == 2);
  RUN(in_storage);
  CHECK(asked == 0);
}
