/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Raising: a function that says raises(E) may end with an error of type E
 * instead of returning. What lies between is left as by return: cleanups run.
 *
 *   raises(int) int parse(const char *s) {
 *     if (!*s)
 *       coro_raise(EINVAL);
 *     ...
 *   }
 *
 *   coro_try {
 *     use(parse(s));
 *   }
 *   coro_catch (int, e) {
 *     report(e);
 *   }
 */
#ifndef CORO_RAISE_H
#define CORO_RAISE_H

#include <coro/effects.h>

#ifdef CORO_HAS_EFFECTS
#ifdef CORO_ERASE_EFFECTS

/* Nothing raises in this mode: a program that does is not compiled. */
__attribute__((
    error("coro_raise has no meaning with effects erased"))) _Noreturn void
__coro_raise(void *place, ...);
static inline int __coro_try(void *slot) { return !slot; }
static inline void *__coro_caught(void) { __builtin_trap(); }

#else

/* Markers, see task.h. */
_Noreturn void __coro_raise(void *place, ...);
__attribute__((nothrow)) int __coro_try(void *slot);
__attribute__((nothrow)) void __coro_try_end(void *guard);
__attribute__((nothrow)) void *__coro_caught(void);
__attribute__((nothrow)) void *__coro_error_place(void);
__attribute__((nothrow)) void *__coro_raising(void *callee);
__attribute__((nothrow)) void __coro_defer_begin(int number);
__attribute__((nothrow)) void __coro_defer_end(int number);

#endif

/*
 * Ends this function, or the block of the coro_try around it, with an error. It
 * is converted to the E of raises(E), or to the type of the coro_catch, as if
 * by assignment. Does not return.
 */
#define coro_raise(...) __coro_raise((void *)0, (__VA_ARGS__))

/*
 * coro_try statement coro_catch (E, e) statement: where something in the first
 * statement raises, the second one runs, with the error as E e. break,
 * continue, return and goto leave both as they leave any statement; nothing may
 * jump into the first.
 */
#define coro_try if (__coro_try((void *)0))
#define coro_catch(E, e)                                                       \
  CORO_PRAGMA(clang diagnostic push)                                           \
  CORO_PRAGMA(clang diagnostic ignored "-Wdangling-else")                      \
  else CORO_PRAGMA(                                                            \
      clang diagnostic pop) for (__typeof__(E) e __attribute__((unused)) =     \
                                     *(__typeof__(E) *)__coro_caught();        \
                                 ;)
#define CORO_PRAGMA(text) _Pragma(#text)

/*
 * The value of a call that may raise. *error is what it raised, its type that
 * of the error, and otherwise zero; where it raised, the value is zero.
 */
#define coro_catching(error, ...)                                              \
  __extension__({                                                              \
    __typeof__(error) __coro_to = (error);                                     \
    __typeof__(CORO_UNLESS_VOID((char)0, __VA_ARGS__)) __coro_kept;            \
    __builtin_memset(&__coro_kept, 0, sizeof(__coro_kept));                    \
    __builtin_memset(__coro_to, 0, sizeof(*__coro_to));                        \
    coro_try {                                                                 \
      CORO_IF_VOID(__VA_ARGS__);                                               \
      __coro_kept = CORO_UNLESS_VOID(0, __VA_ARGS__);                          \
    }                                                                          \
    coro_catch(__typeof__(*__coro_to), __coro_raised) {                        \
      *__coro_to = __coro_raised;                                              \
    }                                                                          \
    CORO_CHOOSE_VOID((void)0, __coro_kept, __VA_ARGS__);                       \
  })
#define CORO_CHOOSE_VOID(if_void, otherwise, ...)                              \
  __builtin_choose_expr(                                                       \
      __builtin_types_compatible_p(__typeof__(__VA_ARGS__), void), if_void,    \
      otherwise)
#define CORO_IF_VOID(...)                                                      \
  ((void)CORO_CHOOSE_VOID((__VA_ARGS__), 0, __VA_ARGS__))
#define CORO_UNLESS_VOID(if_void, ...)                                         \
  CORO_CHOOSE_VOID(if_void, (__VA_ARGS__), __VA_ARGS__)

#endif
#endif
