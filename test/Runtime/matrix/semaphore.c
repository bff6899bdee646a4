// The semaphore, over executors and sanitizers: see matrix.h.
// RUN: %corocc %cflags -O0 %s -o %t && %t 200
// RUN: %corocc %cflags -O2 %s -o %t && %t 1000
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 100
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 50
#include "matrix.h"

static coro_semaphore semaphore;
enum { PERMITS = 3 };

#define LOCK coro_semaphore_acquire(&semaphore, PERMITS)
#define TRY coro_semaphore_try_acquire(&semaphore, PERMITS)
#define LOCK_FOR(ns) coro_semaphore_acquire_for(&semaphore, PERMITS, ns)
#define OP coro_semaphore_acquire_op
#define OP_INIT(op) coro_semaphore_acquire_op_init(op, &semaphore, PERMITS)
#define UNLOCK coro_semaphore_release(&semaphore, PERMITS)
#include "exclusive.h"

static void begin(void) {
  semaphore = FRESH_OF(coro_semaphore, CORO_SEMAPHORE, PERMITS);
}
static void end(void) {
  CHECK(coro_semaphore_permits(&semaphore) == PERMITS);
  check_free();
}

/* No more are out than there are, whoever takes how many. */
static int out;
static void give_back(uint32_t *k) {
  ADD(out, -(int)*k);
  coro_semaphore_release(&semaphore, *k);
}
static yields void take(uint32_t k) {
  coro_semaphore_acquire(&semaphore, k);
  __attribute__((cleanup(give_back))) uint32_t held = k;
  CHECK(ADD(out, (int)k) <= PERMITS);
  coro_yield_now();
}
static yields void some_of_them(int n) {
  for (int i = 0; i < rounds; i++)
    take(1 + (uint32_t)(i + n) % PERMITS);
}
static yields void some_until_cancelled(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_task(take) takes;
    coro_task(yield_times) others;
    coro_start(&takes, take, 1 + (uint32_t)(i + n) % PERMITS);
    coro_start(&others, yield_times, (i + n) % 4);
    coro_race(&takes, &others);
  }
}

#define CASES(X)                                                               \
  EXCLUSIVE_CASES(X)                                                           \
  X(some_of_them, EVERYWHERE) X(some_until_cancelled, EVERYWHERE)
#include "run.h"
