/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What the macros that end in _of check: channels and the like copy bytes, and
 * the struct types that coro_channel_of and its like make know of which type.
 */
#ifndef CORO_TYPED_H
#define CORO_TYPED_H

#ifndef __cplusplus
/* The address `value`, which is evaluated once; an error where it is not that
 * of what `model`, which is not evaluated, has the type of: "the value is not
 * of the <what>'s type". */
#define CORO_TYPED(value, model, what)                                         \
  ((value) + 0 * sizeof(struct {                                               \
               _Static_assert(__builtin_types_compatible_p(                    \
                                  __typeof__(*(value)), __typeof__(model)),    \
                              "the value is not of the " what "'s type");      \
               char coro_checked;                                              \
             }))
#endif

#endif
