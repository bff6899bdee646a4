/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The effect words. `yields` stands in front of a function or of a declarator
 * of function-pointer type and says: this may suspend.
 */
#ifndef CORO_EFFECTS_H
#define CORO_EFFECTS_H

/*
 * CORO_HAS_EFFECTS: this unit can name functions that yield. C++, and C
 * compiled without the plugin, see the types and the runtime only.
 */
#if !defined(__cplusplus)
#if defined(CORO_ERASE_EFFECTS)
#define CORO_HAS_EFFECTS 1
#elif defined(__has_attribute)
#if __has_attribute(coro_yields)
#define CORO_HAS_EFFECTS 1
#endif
#endif
#endif

#ifdef CORO_HAS_EFFECTS

/* What our own headers write, so that they work with CORO_NO_KEYWORDS too. */
#ifdef CORO_ERASE_EFFECTS
/* The same program with nothing that suspends: see docs/testing.md. */
#define CORO_YIELDS
#define CORO_FRAME(n)
#else
#define CORO_YIELDS __attribute__((coro_yields))
/* With underscores, for the word coro_frame is a macro itself. */
#define CORO_FRAME(n) __attribute__((__coro_frame__((n))))
#endif

#ifndef CORO_NO_KEYWORDS
#define yields CORO_YIELDS
/* Contract: the frame takes at most n bytes. */
#define coro_frame(n) CORO_FRAME(n)
#endif

#elif defined(__cplusplus) && defined(__has_attribute)
#if __has_attribute(coro_yields) && !defined(CORO_NO_KEYWORDS)
/* The plugin then says that coroutines are C only. */
#define yields __attribute__((coro_yields))
#define coro_frame(n)
#endif
#endif

#endif
