/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The effect words. `yields` stands in front of a function or of a declarator
 * of function-pointer type and says: this may suspend.
 */
#ifndef CORO_EFFECTS_H
#define CORO_EFFECTS_H

#if defined(__cplusplus)

/* C++ sees the types and the runtime; coroutines themselves are C only. */

#elif defined(CORO_ERASE_EFFECTS)

/* The same program with nothing that suspends: see docs/testing.md. */
#ifndef CORO_NO_KEYWORDS
#define yields
#define coro_frame(n)
#endif

#else

#ifndef CORO_NO_KEYWORDS
#define yields __attribute__((coro_yields))
/* Contract: the frame takes at most n bytes. */
#define coro_frame(n) __attribute__((coro_frame(n)))
#endif

#endif

#endif
