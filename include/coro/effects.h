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
#if defined(CORO_ERASE_EFFECTS) || defined(CORO_PLUGIN_MISSING)
#define CORO_HAS_EFFECTS 1
#elif defined(__has_attribute)
#if __has_attribute(coro_yields)
#define CORO_HAS_EFFECTS 1
#endif
#endif
#endif

/*
 * An integer constant, for #if too: what -fplugin-arg-coro-config=name=value
 * says, otherwise the default, otherwise 0. name is a plain word.
 */
#if defined(__has_attribute)
#if __has_attribute(coro_yields)
#define coro_config(name, ...)                                                 \
  (__coro_config_has_##name ? __coro_config_##name : (__VA_ARGS__ + 0))
#endif
#endif
#ifndef coro_config
#define coro_config(name, ...) (__VA_ARGS__ + 0)
#endif

#ifdef CORO_HAS_EFFECTS

/* What our own headers write, so that they work with CORO_NO_KEYWORDS too. */
#if defined(CORO_ERASE_EFFECTS) || defined(CORO_PLUGIN_MISSING)
/*
 * The same program with nothing that suspends: see docs/testing.md. And what an
 * editor reads, to which generators are functions as well.
 */
#define CORO_YIELDS
#define CORO_YIELDS_IF(condition)
#define CORO_YIELDS_AS(path)
#define CORO_RAISES(E)
#define CORO_RAISES_IF(E, condition)
#define CORO_RAISES_AS(path)
#define CORO_FRAME(n)
#define CORO_BOXED
#ifdef CORO_PLUGIN_MISSING
#define CORO_YIELDS_OF(T)
#define CORO_RESUMES_WITH(R)
#endif
#else
#define CORO_YIELDS __attribute__((coro_yields))
/* With underscores, for the word coro_frame is a macro itself. */
#define CORO_FRAME(n) __attribute__((__coro_frame__((n))))
#define CORO_YIELDS_OF(T) __attribute__((coro_yields_of((__typeof__(T) *)0)))
#define CORO_YIELDS_IF(condition) __attribute__((coro_yields_if((condition))))
#define CORO_YIELDS_AS(path) __attribute__((coro_yields_as(#path)))
#define CORO_RESUMES_WITH(R)                                                   \
  __attribute__((coro_resumes_with((__typeof__(R) *)0)))
#define CORO_RAISES(E) __attribute__((coro_raises((__typeof__(E) *)0)))
#define CORO_RAISES_IF(E, condition)                                           \
  __attribute__((coro_raises_if((__typeof__(E) *)0, (condition))))
#define CORO_RAISES_AS(path) __attribute__((coro_raises_as(#path)))
#define CORO_BOXED __attribute__((__coro_boxed__))
#endif

#ifndef CORO_NO_KEYWORDS
/* May suspend, and waits for something. */
#define yields CORO_YIELDS
/* A generator: hands out values of type T; waits only with `yields` beside. */
#define yields_of(T) CORO_YIELDS_OF(T)
/* `yields` where the integer constant expression is not zero, else nothing. */
#define yields_if(condition) CORO_YIELDS_IF(condition)
/* Yields as the argument does that path names: f, ops->next, flag. */
#define yields_as(path) CORO_YIELDS_AS(path)
/* Each resumption of this generator brings a value of type R. */
#define resumes_with(R) CORO_RESUMES_WITH(R)
/* May end by raising a value of type E instead of returning. */
#define raises(E) CORO_RAISES(E)
#define raises_if(E, condition) CORO_RAISES_IF(E, condition)
#define raises_as(path) CORO_RAISES_AS(path)
/* May call itself through others: such a call takes its frame from the
 * allocator. */
#define coro_boxed CORO_BOXED
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

/*
 * What a declaration says of threads and of being cancelled. No effects: they
 * change no code, and are nothing where the plugin is not loaded.
 */
#if defined(__has_attribute) && !defined(CORO_ERASE_EFFECTS)
#if __has_attribute(coro_blocking)
#define CORO_BLOCKING __attribute__((__coro_blocking__))
#define CORO_LOCAL __attribute__((__coro_local__))
#define CORO_SENDS __attribute__((__coro_sends__))
#define CORO_CANCEL_SAFE __attribute__((__coro_cancel_safe__))
#define CORO_ACQUIRES __attribute__((__coro_acquires__))
#define CORO_NEEDS(capability) __attribute__((__coro_needs_##capability##__))
#define CORO_CLOSED_SLOT __attribute__((__coro_closed_slot__))
#define CORO_ALLOW(name) __attribute__((__suppress__(name)))
#endif
#endif
#ifndef CORO_BLOCKING
#define CORO_BLOCKING
#define CORO_LOCAL
#define CORO_SENDS
#define CORO_CANCEL_SAFE
#define CORO_ACQUIRES
#define CORO_NEEDS(capability)
#define CORO_CLOSED_SLOT
#define CORO_ALLOW(name)
#endif

/* On a parameter: what it points to is not kept when the function returns, so
 * that the optimiser knows what is in it then. */
#define CORO_BORROWED
#if defined(__has_attribute)
#if __has_attribute(noescape)
#undef CORO_BORROWED
#define CORO_BORROWED __attribute__((__noescape__))
#endif
#endif

#ifndef CORO_NO_KEYWORDS
/* On a function or pointer: blocks the thread, so not for what yields. */
#define coro_blocking CORO_BLOCKING
/* On a type or variable: must not cross to another thread. */
#define coro_local CORO_LOCAL
/* On a function that yields: being cancelled while it waits loses nothing. */
#define coro_cancel_safe CORO_CANCEL_SAFE
/* On a function: its result must be given back, given on or kept. */
#define coro_acquires CORO_ACQUIRES
/*
 * On a function: it fails where the context offers no such capability, which is
 * spawner, sender, offloader or completion. An error where it is called from
 * what an executor runs that is known to offer none. offloader_among_tasks:
 * only if that executor has other tasks, which it would hold up.
 */
#define coro_needs(capability) CORO_NEEDS(capability)
/*
 * In front of a function, a variable or a statement: no warning of that name
 * there, as in coro_allow("coro-blocking-call") n = read(file, bytes, 16);
 */
#define coro_allow(name) CORO_ALLOW(name)
#endif

#endif
