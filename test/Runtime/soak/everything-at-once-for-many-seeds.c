// Workers that lock, send, receive, sleep, spawn, fail, time out and cancel
// each other at random, in an order that a seed decides, on a clock of the
// test's and with an allocator that refuses now and then. Whatever happens, at
// the end nothing is left: no task, no timer, no memory, no lock, no value.
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan 3000
// RUN: %coro %cflags -O2 %s %rt -o %t && %t 30000
#include "../check.h"

#include <coro/coro.h>
#include <coro/testing.h>

enum { WORKERS = 24, STEPS = 12, PLACES = 3 };

static uint64_t random_state;
static uint64_t pick(uint64_t below) {
  return next_random(&random_state) % below;
}

static coro_mutex mutex;
static coro_semaphore permits;
static coro_event tick;
static coro_channel channel;
static int buffer[PLACES];
static int inside, holders;
static int64_t sent, received; /* sums: each value is counted once */

static void leave_mutex(coro_mutex **held) {
  inside--;
  coro_mutex_unlock(*held);
}

yields static void locks(void) {
  if (pick(2)) {
    coro_mutex_lock(&mutex);
  } else if (coro_mutex_lock_for(&mutex, 1 + pick(50))) {
    return;
  }
  __attribute__((cleanup(leave_mutex))) coro_mutex *held = &mutex;
  CHECK(++inside == 1);
  if (pick(2))
    coro_sleep(pick(20));
  if (pick(2))
    coro_yield_now();
}

static void leave_permits(uint32_t *count) {
  holders -= (int)*count;
  coro_semaphore_release(&permits, *count);
}

yields static void acquires(void) {
  uint32_t count = 1 + (uint32_t)pick(3);
  if (coro_semaphore_acquire_for(&permits, count, pick(100)))
    return;
  __attribute__((cleanup(leave_permits))) uint32_t held = count;
  holders += (int)count;
  CHECK(holders <= 4);
  coro_sleep(pick(30));
}

yields static void sends(void) {
  int value = 1 + (int)pick(1000);
  /* Cancelled, it has not sent; counted before, and taken back. */
  if (coro_channel_send_for(&channel, &value, 1 + pick(60)) == 0)
    sent += value;
}

yields static void receives(void) {
  int value;
  if (coro_channel_receive_for(&channel, &value, 1 + pick(60)) == 0)
    received += value;
}

/* One of two, and not both. */
yields static void selects(void) {
  int value = 7, other = 0;
  coro_send_op send;
  coro_receive_op receive;
  coro_send_op_init(&send, &channel, &value);
  coro_receive_op_init(&receive, &channel, &other);
  coro_event_wait_op set;
  coro_event_wait_op_init(&set, &tick);
  switch (pick(2) ? coro_race(&send, &set) : 2 + coro_race(&receive, &set)) {
  case 0:
    sent += value;
    break;
  case 2:
    received += other;
    break;
  }
}

static raises(int) yields void worker(int depth);

raises(int) yields static void has_children(int depth) {
  coro_scoped (scope, pick(2) ? CORO_SCOPE_COLLECT : 0) {
    for (uint64_t i = 1 + pick(4); i; i--) {
      coro_spawned *child;
      if (coro_scope_try_spawn(&child, &scope, worker, depth + 1) == 0 &&
          pick(4) == 0)
        coro_spawned_request_cancel(child);
    }
    if (pick(5) == 0)
      coro_raise(3);
    if (pick(4) == 0)
      break;
    if (pick(3) == 0)
      coro_scope_cancel(&scope);
  }
}

static raises(int) yields void worker(int depth) {
  for (int step = 0; step < STEPS; step++) {
    switch (pick(9)) {
    case 0:
      locks();
      break;
    case 1:
      acquires();
      break;
    case 2:
      sends();
      break;
    case 3:
      receives();
      break;
    case 4:
      selects();
      break;
    case 5:
      coro_sleep(pick(40));
      break;
    case 6:
      if (depth < 3)
        has_children(depth);
      break;
    case 7:
      if (pick(8) == 0)
        coro_raise(1);
      break;
    default:
      coro_yield_now();
    }
  }
}

/* Lets go whoever waits for the event, again and again. */
yields static void ticker(void) {
  for (;;) {
    coro_sleep(25);
    coro_event_set(&tick);
    coro_yield_now();
    coro_event_reset(&tick);
  }
}

yields static void root(void) {
  coro_child_storage(ticker) ticking;
  coro_scoped (all, CORO_SCOPE_COLLECT) {
    CHECK(coro_scope_spawn_in(&all, &ticking, ticker) == 0);
    for (int i = 0; i < WORKERS; i++) {
      coro_spawned *child;
      (void)coro_scope_try_spawn(&child, &all, worker, 0);
    }
    for (int left = WORKERS / 2; left; left--)
      coro_scope_next(&all);
    coro_scope_cancel(&all);
  }
}

static void run(uint64_t seed) {
  random_state = seed * 2654435761u + 1;
  mutex = (coro_mutex)CORO_MUTEX_INIT;
  permits = (coro_semaphore)CORO_SEMAPHORE_INIT(4);
  tick = (coro_event)CORO_EVENT_INIT;
  coro_channel_init(&channel, buffer, pick(PLACES + 1), sizeof(buffer[0]));
  inside = holders = 0;
  sent = received = 0;

  static coro_fake fake;
  coro_fake_init(&fake, NULL, 0);
  coro_seeded order;
  coro_seeded_init(&order, seed);
  coro_faulty_allocator memory;
  coro_faulty_allocator_init(&memory, &coro_allocator_default, pick(80), false);
  coro_executor executor;
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
  coro_executor_set_scheduler(&executor, &order.scheduler);
  coro_executor_set_allocator(&executor, &memory.allocator);
  coro_task(root) task;
  coro_start(&task, root);
  coro_job job;
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);

  CHECK(coro_executor_jobs(&executor) == 0 && memory.live == 0);
  CHECK(!fake.timers.first && inside == 0 && holders == 0);
  CHECK(coro_mutex_try_lock(&mutex));
  CHECK(coro_semaphore_permits(&permits) == 4);
  int value;
  while (coro_channel_try_receive(&channel, &value) == 0)
    received += value;
  CHECK(sent == received);
  coro_executor_fini(&executor);
}

int main(int count, char **arguments) {
  CHECK(count == 2);
  for (uint64_t seed = 0; seed < (uint64_t)atoi(arguments[1]); seed++)
    run(seed);
}
