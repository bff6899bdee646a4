/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * A number of permits, of which each task takes some and gives them back. First
 * come, first served: who wants many is not overtaken by who wants few. For the
 * rest, local and shared, it is as coro_mutex.
 */
#ifndef CORO_SEMAPHORE_H
#define CORO_SEMAPHORE_H

#include <coro/wait.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Opaque: the members belong to the runtime. */
typedef struct coro_semaphore {
  coro_wait_queue queue;
  uint32_t word; /* atomic, where shared: see runtime/sync/word.h */
} coro_semaphore;

/* As many permits as there can be. */
#define CORO_SEMAPHORE_MAX INT32_MAX

/* With n permits, up to CORO_SEMAPHORE_MAX. */
#define CORO_SEMAPHORE_INIT(n) {CORO_WAIT_QUEUE_INIT, (n)}
#define CORO_SEMAPHORE_SHARED_INIT(n) {CORO_WAIT_QUEUE_SHARED_INIT, (n)}

/* Takes k permits, or none: true if it could, and nobody waits. Never waits. */
bool coro_semaphore_try_acquire(coro_semaphore *semaphore, uint32_t k);

/*
 * Gives k permits, which nobody needs to have taken before; those who wait get
 * them, in their order. Traps where there would be more than
 * CORO_SEMAPHORE_MAX. Never waits.
 */
void coro_semaphore_release(coro_semaphore *semaphore, uint32_t k);

/* How many are there now: another thread may change that at once. */
uint32_t coro_semaphore_permits(const coro_semaphore *semaphore);

/* Taking k, as a future, as coro_mutex_lock_op. */
typedef struct coro_semaphore_acquire_op {
  coro_waiter waiter;
  uint32_t k;
} coro_semaphore_acquire_op;

void coro_semaphore_acquire_op_init(coro_semaphore_acquire_op *op,
                                    coro_semaphore *semaphore, uint32_t k);

#ifdef CORO_HAS_EFFECTS

/* Takes k at once; waits until it can. */
CORO_CANCEL_SAFE CORO_YIELDS void
coro_semaphore_acquire(coro_semaphore *semaphore, uint32_t k) CORO_FRAME(96);

/* 0, or CORO_TIMED_OUT and it took none, as coro_mutex_lock_for. */
CORO_CANCEL_SAFE CORO_YIELDS int
coro_semaphore_acquire_for(coro_semaphore *semaphore, uint32_t k, uint64_t ns)
    CORO_FRAME(144);

#endif

#ifdef __cplusplus
}
#endif

#endif
