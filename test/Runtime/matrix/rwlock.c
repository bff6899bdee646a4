// The read-write lock, over executors and sanitizers: see matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 200
// RUN: %corocc %cflags -O2 %s -o %t && %t 1000
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 50
#include "matrix.h"

static coro_rwlock lock;

#define LOCK coro_rwlock_write(&lock)
#define TRY coro_rwlock_try_write(&lock)
#define LOCK_FOR(ns) coro_rwlock_write_for(&lock, ns)
#define OP coro_rwlock_op
#define OP_INIT(op) coro_rwlock_write_op_init(op, &lock)
#define UNLOCK coro_rwlock_end_write(&lock)
#include "exclusive.h"

static void begin(void) { lock = FRESH(coro_rwlock, CORO_RWLOCK); }
static void end(void) { check_free(); }

static void leave_reading(int *held) {
  CHECK(*held == 1 && inside == 0);
  coro_rwlock_end_read(&lock);
}
static yields void read_once(void) {
  coro_rwlock_read(&lock);
  __attribute__((cleanup(leave_reading))) int held = 1;
  CHECK(inside == 0);
  coro_yield_now();
}

static yields void reads_and_writes(int n) {
  for (int i = 0; i < rounds; i++) {
    int how = (i + n) % 4;
    if (how == 0) {
      lock_once();
    } else if (how == 1) {
      while (!coro_rwlock_try_read(&lock))
        coro_yield_now();
      CHECK(inside == 0);
      coro_rwlock_end_read(&lock);
    } else {
      read_once();
    }
  }
}

static yields void reads_in_time(int n) {
  for (int i = 0; i < rounds; i++) {
    if ((i + n) % 3 == 0) {
      lock_once();
      continue;
    }
    CHECK(coro_rwlock_read_for(&lock, LONG) == 0);
    CHECK(inside == 0);
    coro_rwlock_end_read(&lock);
  }
}

/* While one writes none reads; and one that waits to write, and gives up, lets
 * those go on that came after it. */
static yields void reads_too_long(int n) {
  if (n == 0) {
    hold_until_second();
    return;
  }
  coro_event_wait(&first);
  CHECK(!coro_rwlock_try_read(&lock));
  CHECK(coro_rwlock_read_for(&lock, CORO_MILLISECOND) == CORO_TIMED_OUT);
  coro_rwlock_op op;
  coro_rwlock_read_op_init(&op, &lock);
  CHECK(!coro_timeout(CORO_MICROSECOND, &op));
  arrive(&second, TASKS - 1);
}

static yields void are_cancelled(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_task(read_once) reads;
    coro_task(lock_once) writes;
    coro_task(yield_times) others;
    coro_start(&others, yield_times, (i + n) % 5);
    if ((i + n) % 3) {
      coro_start(&reads, read_once);
      coro_race(&reads, &others);
    } else {
      coro_start(&writes, lock_once);
      coro_race(&writes, &others);
    }
  }
}

static yields void reads_as_an_arm(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_rwlock_op op;
    coro_task(yield_times) others;
    coro_start(&others, yield_times, (i + n) % 4);
    if ((i + n) % 3 == 0) {
      lock_once();
      coro_cancel(&others);
      continue;
    }
    coro_rwlock_read_op_init(&op, &lock);
    if (coro_race(&op, &others) == 0) {
      CHECK(inside == 0);
      coro_rwlock_end_read(&lock);
    }
  }
}

#define CASES(X)                                                               \
  EXCLUSIVE_CASES(X)                                                           \
  X(reads_and_writes, EVERYWHERE)                                              \
  X(reads_in_time, EVERYWHERE)                                                 \
  X(reads_too_long, EVERYWHERE)                                                \
  X(are_cancelled, EVERYWHERE) X(reads_as_an_arm, EVERYWHERE)
#include "run.h"
