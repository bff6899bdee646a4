/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What the files of stress mode share. */
#ifndef CORO_DEBUG_STRESS_H
#define CORO_DEBUG_STRESS_H

#include <coro/abi.h>
#include <coro/context.h>
#include <stddef.h>

_Noreturn void coro_stress_fail(const char *what, const char *who);

/* Tokens that are held. */
size_t coro_stress_held(void);

/*
 * After a poll that left the frame suspended: where this is the suspension that
 * CORO_STRESS_CANCEL names, cancels it, checks that all it held since there
 * were `before` tokens is given back, and ends the program with status 0.
 */
void coro_stress_suspended(void *frame, const coro_descriptor *coro,
                           coro_context *context, size_t before);

#endif
