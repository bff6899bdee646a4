// Without libc, heap or threads coroutines run in a closed set and in the
// generic executor: with timers, locks, channels and scopes, whose waiting
// functions are compiled with the program.
// RUN: %coro %cflags -O0 -ffreestanding -nostdlib -static -e start %s @%build/lib/coro_rt_core.rsp -o %t
// RUN: %t
// RUN: %coro %cflags -O2 -ffreestanding -nostdlib -static -e start %s @%build/lib/coro_rt_core.rsp -o %t
// RUN: %t
// REQUIRES: x86_64
#include "Inputs/no-libc.h"

#include <coro/coro.h>

static uint64_t ticks;
uint64_t coro_port_clock(void);
uint64_t coro_port_clock(void) { return ticks; }
void coro_port_relax(void);
void coro_port_relax(void) { ticks += 10; }

static coro_mutex mutex = CORO_MUTEX_INIT;
typedef coro_channel_of(int, 4) ints;
static ints numbers;
static int sum;

static yields int produce(int n) {
  for (int i = 0; i < n; i++) {
    coro_mutex_lock(&mutex);
    coro_sleep(100);
    coro_mutex_unlock(&mutex);
    coro_channel_send_of(&numbers, &i);
  }
  coro_channel_close_of(&numbers);
  return n;
}

static yields void consume(void) {
  int number;
  while (coro_channel_receive_of(&numbers, &number) == 0) {
    coro_mutex_lock(&mutex);
    sum += number;
    coro_mutex_unlock(&mutex);
  }
}

CORO_EXECUTOR(board, produce, consume);

static yields int child(int *number) {
  coro_yield_now();
  return ++*number;
}

static yields int parent(void) {
  int number = 0;
  coro_child_storage(child) storage;
  coro_scope_var(scope, 0);
  if (coro_scope_spawn_in(&scope, &storage, child, &number))
    return -1;
  coro_scope_wait(&scope);
  return number;
}

static int run(void) {
  static struct board board;
  static struct board_slot slots[2];
  coro_timers timers;
  coro_timers_init(&timers, NULL);
  coro_channel_init_of(&numbers);
  board_init(&board, slots, 2, NULL, &timers);
  if (!coro_closed_spawn(&board, produce, 10) ||
      !coro_closed_spawn(&board, consume))
    return 1;
  board_run(&board);
  board_fini(&board);
  if (sum != 45 || ticks < 1000)
    return 2;

  coro_executor executor;
  coro_executor_init(&executor, NULL, &timers);
  coro_task(parent) task;
  coro_job job;
  coro_start(&task, parent);
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  coro_executor_run(&executor);
  coro_executor_fini(&executor);
  return task.result == 1 ? 0 : 3;
}
