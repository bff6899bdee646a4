/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Stress mode's cancelling: -fplugin-arg-coro-stress-cancel has each coroutine
 * hold a token from its top to its end, and CORO_STRESS_CANCEL=n ends the
 * program's n-th suspension, and with it the program.
 */
#include "stress.h"
#include <coro/task.h>
#include <stdio.h>
#include <stdlib.h>

void *coro_stress_hold(void);
void coro_stress_drop(void *token);

static size_t held;

size_t coro_stress_held(void) { return held; }

/* From malloc, so that AddressSanitizer knows one that is given back twice. */
void *coro_stress_hold(void) {
  void *token = malloc(16);
  if (!token)
    coro_stress_fail("no memory", "hold");
  held++;
  return token;
}

void coro_stress_drop(void *token) {
  if (!held--)
    coro_stress_fail("gave back more than it held", "drop");
  free(token);
}

void coro_stress_suspended(void *frame, const coro_descriptor *coro,
                           coro_context *context, size_t before) {
  static unsigned long suspensions;
  static long wanted = -1;
  if (wanted < 0) {
    const char *said = getenv("CORO_STRESS_CANCEL");
    wanted = said ? strtol(said, NULL, 10) : 0;
  }
  if (++suspensions != (unsigned long)wanted)
    return;
  if (!coro->cancel)
    coro_stress_fail("has no cancel", coro->name);
  coro_status status;
  unsigned turns = 0;
  do {
    *context = (coro_context)CORO_CONTEXT_INIT;
    status = coro_cancel_by(coro->cancel, frame, context);
  } while (status == CORO_PENDING && ++turns < 1000000);
  if (status != CORO_CANCELLED)
    coro_stress_fail("was cancelled and ended otherwise", coro->name);
  if (held != before)
    coro_stress_fail("was cancelled and did not clean up", coro->name);
  if (coro_cancel_by(coro->cancel, frame, context) != CORO_DONE ||
      held != before)
    coro_stress_fail("was cancelled twice", coro->name);
  fprintf(stderr, "coro stress: cancelled\n");
  fflush(NULL);
  _Exit(0);
}
