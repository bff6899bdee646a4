// The core needs no libc, heap or thread: it links into a program that has
// none, with the port for no platform. And it works there, spinning.
// RUN: %clang %cflags -O1 -ffreestanding -nostdlib -static -e start %s %rt_core -o %t
// RUN: %t
// REQUIRES: x86_64
#include "Inputs/no-libc.h"

#include <coro/executor.h>
#include <coro/time.h>

/* The hooks of port/none, in the program's own way. */
static uint64_t ticks;
uint64_t coro_port_clock(void);
uint64_t coro_port_clock(void) { return ticks; }
void coro_port_relax(void);
void coro_port_relax(void) { ticks += 10; }

static int slept;

static coro_status poll_sleeping(void *frame, coro_context *cx) {
  coro_timer *timer = frame;
  if (timer->deadline) {
    slept = coro_now() >= timer->deadline;
    return CORO_DONE;
  }
  coro_timers_set(cx->timers, timer, coro_now() + 1000, cx->waker);
  return CORO_PENDING;
}

static const coro_descriptor sleeping = {.abi = CORO_ABI_VERSION,
                                         .align = _Alignof(coro_timer),
                                         .size = sizeof(coro_timer),
                                         .poll = poll_sleeping,
                                         .name = "sleeping"};

static int run(void) {
  coro_timers timers;
  coro_timers_init(&timers, NULL);
  coro_executor executor;
  coro_executor_init(&executor, NULL, &timers);
  coro_timer timer = CORO_TIMER_INIT;
  coro_job job;
  coro_executor_add(&executor, &job, (coro_any_task){&timer, &sleeping}, NULL);
  int result = coro_executor_run(&executor);
  coro_executor_fini(&executor);

  coro_parker parker;
  coro_wake(coro_parker_begin(&parker)->waker);
  coro_parker_wait(&parker);
  return result == CORO_RUN_FINISHED && slept ? 0 : 1;
}
