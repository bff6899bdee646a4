/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Generators: functions that hand out values between their start and their end.
 *
 *   yields_of(int) void count(int n) {
 *     for (int i = 0; i < n; i++)
 *       coro_yield(i);
 *   }
 *
 *   coro_for (int x, count, 10)
 *     printf("%d\n", x);
 *
 * A generator that also says `yields` may wait between its values; whoever
 * takes them then waits too, and must say `yields`.
 */
#ifndef CORO_GENERATOR_H
#define CORO_GENERATOR_H

#include <coro/task.h>

#if defined(CORO_HAS_EFFECTS) && !defined(CORO_ERASE_EFFECTS)

/* Markers, see task.h. */
void __coro_yield(void);
void *__coro_begin(void *frame, ...);
int __coro_next(void *frame);
__attribute__((nothrow)) void __coro_loop_end(void *loop);

#ifndef CORO_PLUGIN_MISSING /* see editor.h */

/*
 * coro_yield(v) hands out v to whoever resumed this generator, and continues
 * when resumed again. v is converted to the T of yields_of(T) as if by
 * assignment. A generator called by this one hands its values to the same
 * place.
 *
 * The macros are variadic for the commas of (struct point){1, 2}. A comma that
 * is none of an operand is an error.
 */
#define coro_yield(...)                                                        \
  __extension__({                                                              \
    __coro_value_type __coro_handed = (__VA_ARGS__);                           \
    __coro_value = __coro_handed;                                              \
    __coro_yield();                                                            \
  })

/*
 * coro_yield_receive(v, r): the same, and *r becomes the value that coro_send
 * resumed it with: the R of resumes_with(R), converted as if by assignment.
 * Where coro_next resumed it the value is indeterminate. r is evaluated before
 * v is handed out.
 */
#define coro_yield_receive(...)                                                \
  __extension__({                                                              \
    __coro_value_type __coro_handed;                                           \
    /* Ends at the comma between v and r: an assignment binds tighter. */      \
    __auto_type __coro_answer = (__coro_handed = __VA_ARGS__);                 \
    __coro_value = __coro_handed;                                              \
    __coro_yield();                                                            \
    *__coro_answer = __coro_received;                                          \
  })

#endif

/*
 * Resumes a started generator: 1 while there is a value, which is then
 * task->yielded until the next call; 0 at the end, and task->result is then
 * what the generator returned. Again 0 when asked again. Waits where the
 * generator waits. task points to a coro_task(f), and is evaluated once.
 */
#define coro_next(task) __coro_next((task)->coro_frame_bytes)

/*
 * coro_send(task, r): the same for a generator that says resumes_with(R), whose
 * coro_yield_receive gives it r. What the first call sends is lost, for no
 * coro_yield_receive waits yet: begin with coro_next.
 */
#define coro_send(task, ...)                                                   \
  __extension__({                                                              \
    __typeof__(task) __coro_sent_to = (task);                                  \
    __auto_type __coro_place = &__coro_sent_to->coro_received;                 \
    __typeof__(*__coro_place) __coro_sent = (__VA_ARGS__);                     \
    /* Before the first resumption the arguments are where it would go. */     \
    if ((__coro_sent_to->coro_frame_bytes[0] & ~CORO_STATE_CANCEL) !=          \
        CORO_STATE_BOUND)                                                      \
      *__coro_place = __coro_sent;                                             \
    __coro_next(__coro_sent_to->coro_frame_bytes);                             \
  })

#ifndef CORO_PLUGIN_MISSING

/*
 * coro_for (int x, f, args...) statement: runs the statement for each value of
 * f(args...), as int x. The generator's frame is a local variable of the loop.
 * break, return and goto leave it as they leave any loop, and cancel the
 * generator, which waits where its cleanups do.
 */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgnu-zero-variadic-macro-arguments"
#define coro_for(declaration, f, ...)                                          \
  CORO_FOR_COUNTED(__LINE__, declaration, f, (__VA_ARGS__), 0, ##__VA_ARGS__)
#pragma clang diagnostic pop
/* One more step, so that the number is one when it is pasted. */
#define CORO_FOR_COUNTED(n, declaration, f, arguments, ...)                    \
  CORO_FOR_NAMED(n, declaration, f, arguments)

/*
 * `more` says whether the generator is suspended, from its start to its end:
 * left while it is, the loop cancels it. `fell` says whether the body came to
 * its end (or to a continue): a break leaves the inner loop before it is set.
 */
#define CORO_FOR_NAMED(n, declaration, f, arguments)                           \
  for (                                                                        \
      struct {                                                                 \
        coro_task(f) task;                                                     \
        int more;                                                              \
        _Bool fell;                                                            \
      } __coro_loop_##n __attribute__((cleanup(__coro_loop_end))),             \
      *__coro_begun_##n = (__coro_loop_##n.more = 0, __coro_loop_##n.fell = 1, \
                          (void)((__typeof__(&(f)))__coro_begin(               \
                              __coro_loop_##n.task.coro_frame_bytes, (f),      \
                              &__coro_loop_##n.more))arguments,                \
                          &__coro_loop_##n);                                   \
      __coro_begun_##n->fell && __coro_begun_##n->more;                        \
      __coro_loop_##n.fell &&                                                  \
      (__coro_loop_##n.more = coro_next(&__coro_loop_##n.task)))               \
    for (declaration =                                                         \
             (__coro_loop_##n.fell = 0, __coro_loop_##n.task.yielded);         \
         !__coro_loop_##n.fell; __coro_loop_##n.fell = 1)

#endif
#endif

#endif
