/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * For the waiting calls of our own headers that mostly need not wait: they are
 * inline functions that try, and call what waits where that fails. So what is
 * free costs no call, and no frame but that of what waits. Without optimisation
 * a call is a call, and goes to the runtime, which has the same functions.
 *
 *   CORO_TRIES_FIRST int f(int) CORO_TRIES_FRAME(96);
 *   #ifdef CORO_TRIES_HERE
 *   CORO_TRIES_FIRST int f(int n) { ... }
 *   #endif
 */
#ifndef CORO_TRY_FIRST_H
#define CORO_TRY_FIRST_H

#include <coro/effects.h>
#include <coro/task.h>

#ifdef CORO_HAS_EFFECTS
#if defined(__OPTIMIZE__) && !defined(CORO_DEFINE_TRIES)
#define CORO_TRIES_HERE 1
#define CORO_TRIES_FIRST CORO_CANCEL_SAFE CORO_YIELDS static inline
#define CORO_TRIES_FRAME(n)
#else
#define CORO_TRIES_FIRST CORO_CANCEL_SAFE CORO_YIELDS
#define CORO_TRIES_FRAME(n) CORO_FRAME(n)
#ifdef CORO_DEFINE_TRIES /* in the runtime */
#define CORO_TRIES_HERE 1
#endif
#endif

/* The tries: true, or the caller waits. Each is one of the operations that a
 * poll may do before it gives way. */
#define CORO_TRIED(call) (coro_spend(coro_self()) && (call))

#endif

#endif
