// A dump of a closed set lists the tasks in its slots as those of any executor:
// what they are, where they are, and for what they wait. On a signal as well,
// while tasks run; and for what a shutdown leaves.
// RUN: %coro %cflags -O0 %s %rt -o %t0 && %t0 > %t0.txt
// RUN: %filecheck %s --input-file %t0.txt
// RUN: %coro %cflags -O2 %s %rt -o %t2 && %t2 > %t2.txt
// RUN: %filecheck %s --input-file %t2.txt
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_src %rt -o %t3
// RUN: %t3 > %t3.txt && %filecheck %s --input-file %t3.txt
// RUN: %coro %cflags -O2 -DCORO_TRACE %s %rt_trace -o %t4
// RUN: env CORO_TRACE_FILE=%t4.trace %t4 > %t4.txt
// RUN: %filecheck %s --input-file %t4.txt
// RUN: grep "waiting, for [0-9]*\.[0-9]* s$" %t4.txt
// RUN: %build/bin/coro-trace --summary %t4.trace | grep stays
#include "../check.h"

#include <coro/coro.h>
#include <signal.h>
#include <unistd.h>

static coro_mutex mutex;
static coro_executor *executor;
static int done;

// clang-format off
#line 100 "set.c"
yields static void sleeps(int n) {
  coro_sleep((uint64_t)n * CORO_SECOND);
}
yields static int locks(void) {
  coro_mutex_lock(&mutex);
  return 1;
}
yields static void itself(void) {
  coro_dump(executor, STDOUT_FILENO);
}
yields static void busy(void) {
  raise(SIGUSR1);
  while (!done)
    coro_yield_now();
}
yields static void naps(void) {
  coro_sleep(20 * CORO_MILLISECOND);
  coro_executor_stop(executor); done = 1;
}
yields static void stays(void) {
  coro_shield {
    coro_sleep(CORO_FOREVER);
  }
}
#line 200 "main.c"
// clang-format on

CORO_EXECUTOR(set, sleeps, locks, itself, busy, naps, stays);

// CHECK:      5 tasks
// CHECK-NEXT: 1. sleeps: waiting
// CHECK-NEXT:     sleeps at {{.*}}/set.c:101
// CHECK-NEXT:     coro_sleep at {{.*}}, waits for a timer, {{[23].*}} s left
// CHECK-NEXT: 2. locks: waiting
// CHECK-NEXT:     locks at {{.*}}/set.c:104
// CHECK:          coro_mutex_lock{{[a-z_]*}} at {{.*}}, waits for the mutex 0x{{.*}}, number 1 in its queue
// CHECK-NEXT: 3. locks: waiting, being cancelled{{(, for .*)?$}}
// CHECK:          coro_mutex_lock{{[a-z_]*}} at {{.*}}, waits for the mutex 0x{{.*}}, number 2 in its queue
// CHECK-NEXT: 4. itself: running
// CHECK-NEXT: 5. sleeps: ready
// CHECK-NEXT:     sleeps, from its beginning
static void check_states(struct set *e) {
  CHECK(coro_mutex_try_lock(&mutex));
  CHECK(coro_closed_spawn(e, sleeps, 3) && coro_closed_keep(e, locks));
  struct set_slot *unwanted = coro_closed_spawn(e, locks);
  while (set_step(e))
    ;
  unwanted->coro_run.coro |= CORO_RUN_ENDING; /* and is not polled for it yet */
  CHECK(coro_closed_spawn(e, itself) && coro_closed_spawn(e, sleeps, 1));
  CHECK(set_step(e));
  set_cancel(e, unwanted);
}

// CHECK-NEXT: 5 tasks
// CHECK:      {{[0-9]}}. busy: ready
// CHECK-NEXT:     busy at {{.*}}/set.c:113
// CHECK:      5. naps: {{ready|waiting}}
static void check_signal(struct set *e) {
  coro_dump_watch watch;
  CHECK(coro_closed_spawn(e, busy) && coro_closed_spawn(e, naps));
  CHECK(!coro_dump_on_signal(&watch, executor, SIGUSR1, STDOUT_FILENO));
  /* Nor does the call keep timers from being looked at. */
  CHECK(set_run(e) == CORO_RUN_STOPPED);
  coro_dump_on_signal_end(&watch);
}

// CHECK:      1 task
// CHECK-NEXT: {{[0-9]}}. stays: waiting, being cancelled
// CHECK-NEXT:     stays at {{.*}}/set.c:121
// CHECK-NEXT:     coro_sleep at {{.*}}, waits for ever
// CHECK-NOT:  know_slots
int main(void) {
  struct set e;
  struct set_slot slots[8];
  coro_timers timers;
  coro_timers_init(&timers, NULL);
  set_init(&e, slots, 8, NULL, &timers);
  executor = set_executor(&e);
  check_states(&e);
  check_signal(&e);
  CHECK(coro_closed_spawn(&e, stays));
  while (set_step(&e))
    ;
  CHECK(set_shutdown(&e, 10 * CORO_MILLISECOND) == 1);
  CHECK(coro_dump(executor, STDOUT_FILENO) == 1);
  set_fini(&e);
}
