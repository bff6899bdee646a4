/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Frames from an allocator: for calls whose frame cannot be inside the
 * caller's, because the function calls itself or is known at run time only, and
 * for tasks that live as long as the program says.
 */
#ifndef CORO_BOX_H
#define CORO_BOX_H

#include <coro/allocator.h>
#include <coro/context.h>
#include <coro/task.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A frame for the described function, with nothing in it yet; NULL where the
 * allocator refuses, or is NULL itself. Beside its frame it takes up to
 * CORO_BOX_EXTRA(align) bytes, in the same piece.
 */
void *coro_box_take(coro_allocator *allocator, const coro_descriptor *coro);

/* The same from the context's allocator: what coro_try_box compiles to. */
void *coro_box_enter(coro_context *cx, const coro_descriptor *coro);

/* A frame from either goes back to where it came from. NULL is fine. */
void coro_box_release(void *frame, const coro_descriptor *coro);

/* What a frame aligned to `align` takes more than its own size. */
#define CORO_BOX_EXTRA(align)                                                  \
  ((size_t)(align) > sizeof(void *) ? (size_t)(align) : sizeof(void *))

/*
 * Ends a task of coro_new: it is done, or was never polled. One that is in the
 * middle may itself hold memory, which is then lost. A null frame is fine.
 */
static inline void coro_free(coro_any_task task) {
  coro_box_release(task.frame, task.coro);
}

#ifdef __cplusplus
}
#endif

#if defined(CORO_HAS_EFFECTS) && !defined(CORO_ERASE_EFFECTS)

/* Markers, see task.h. The callee is the last argument. */
void *__coro_try_box(_Bool *ran, void *result, uint64_t result_size,
                     uint64_t result_align, uint64_t receives,
                     uint64_t error_size, uint64_t error_align, ...);
void *__coro_new(void **frame, coro_allocator *allocator, ...);

/*
 * Waits for f(args...) like a call, in a frame from the context's allocator.
 * True when f has returned: its result is then in *result. False where the
 * allocator refuses: then nothing of f ran, and *result is as it was. The
 * arguments are evaluated in either case. f is a function that yields, or a
 * pointer to one. result is 0 where f returns nothing or nobody wants it.
 */
#define coro_try_box(result, f, ...)                                           \
  __extension__({                                                              \
    _Bool __coro_ran;                                                          \
    (void)((__typeof__(&*(f)))__coro_try_box(&__coro_ran, (result), 0, 1, 0,   \
                                             0, 0, (f)))(__VA_ARGS__);         \
    __coro_ran;                                                                \
  })

/*
 * A started task of the function named f, in memory from the allocator: a
 * coro_any_task that coro_free ends. Its frame is null where the allocator
 * refuses; the arguments are evaluated in either case.
 */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgnu-zero-variadic-macro-arguments"
#define coro_new(allocator, f, ...)                                            \
  CORO_NEW(allocator, f, (__VA_ARGS__), 0, ##__VA_ARGS__)
#pragma clang diagnostic pop
#define CORO_NEW(allocator, f, arguments, ...)                                 \
  __extension__({                                                              \
    void *__coro_new_frame;                                                    \
    (void)((__typeof__(&(f)))__coro_new(&__coro_new_frame, (allocator),        \
                                        (f)))arguments;                        \
    (coro_any_task){__coro_new_frame, (const coro_descriptor *)(f)};           \
  })

#elif defined(CORO_ERASE_EFFECTS)

/* A call is a call, and takes its frame from the stack. */
#define coro_try_box(result, f, ...)                                           \
  __extension__({                                                              \
    __auto_type __coro_returned =                                              \
        CORO_VALUE_OF((f)(__VA_ARGS__), __typeof__((f)(__VA_ARGS__)));         \
    __typeof__(__coro_returned) *__coro_to = (result);                         \
    if (__coro_to)                                                             \
      *__coro_to = __coro_returned;                                            \
    (_Bool)1;                                                                  \
  })
/* The call's value, or one for it where the function returns nothing. */
#define CORO_VALUE_OF(call, type)                                              \
  __builtin_choose_expr(__builtin_types_compatible_p(type, void),              \
                        ((void)(call), (char)0), (call))

#ifdef CORO_PLUGIN_MISSING
#define coro_new(allocator, f, ...)                                            \
  ((void)(allocator), (void)(f)(__VA_ARGS__), (coro_any_task){0, 0})
#endif

#endif

#endif
