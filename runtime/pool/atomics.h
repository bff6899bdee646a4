/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What the pool's queues ask of the machine. A test that defines
 * CORO_POOL_MODEL has operations of its own, each of which is a suspension, and
 * runs the queues through all their interleavings.
 */
#ifndef CORO_POOL_ATOMICS_H
#define CORO_POOL_ATOMICS_H

/* What two threads write is at least so far apart: two lines of 64 bytes, which
 * some processors fetch together. */
#ifndef POOL_LINE
#define POOL_LINE 128
#endif

#ifndef CORO_POOL_MODEL

#include <linux/membarrier.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#define POOL_FN static inline

#define pool_load(word, order) __atomic_load_n(word, __ATOMIC_##order)
#define pool_store(word, value, order)                                         \
  __atomic_store_n(word, value, __ATOMIC_##order)
/* Where it fails, *expected is what is there. */
#define pool_exchange_if(word, expected, value)                                \
  __atomic_compare_exchange_n(word, expected, value, /*weak=*/0,               \
                              __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)
/* What was there before. */
#define pool_add(word, value) __atomic_fetch_add(word, value, __ATOMIC_SEQ_CST)
/* The compiler moves nothing across it. */
#define pool_keep_order() __atomic_signal_fence(__ATOMIC_SEQ_CST)
/* All threads of the process have done a full fence between its beginning and
 * its end. Where pool_can_fence_all said yes before. */
#define pool_fence_all()                                                       \
  ((void)syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0))
#define pool_can_fence_all()                                                   \
  (!syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0))

typedef pthread_mutex_t pool_mutex;
#define pool_lock(mutex) ((void)pthread_mutex_lock(mutex))
#define pool_unlock(mutex) ((void)pthread_mutex_unlock(mutex))

#endif
#endif
