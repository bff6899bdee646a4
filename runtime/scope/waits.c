/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What waits for spawned tasks and scopes. Compiled twice: with the plugin, and
 * with CORO_ERASE_EFFECTS, where a thread waits.
 */
#include <coro/coro.h>

yields coro_status coro_spawned_cancel(coro_spawned *spawned) {
  coro_spawned_request_cancel(spawned);
  coro_status status;
  coro_shield { status = coro_wait(spawned); }
  return status;
}

yields void coro_spawned_close(coro_spawned **spawned) {
  if (!*spawned)
    return;
  coro_spawned_request_cancel(*spawned);
  coro_wait(*spawned);
  coro_detach(*spawned);
  *spawned = 0;
}

/* A wait is over when no child runs; others may have spawned some since. */
yields _Bool coro_scope_wait(coro_scope *scope) {
  do
    coro_wait(&scope->all);
  while (scope->running.first);
  return !scope->failed;
}

yields coro_spawned *coro_scope_next(coro_scope *scope) {
  coro_spawned *ended;
  do {
    coro_wait(&scope->next);
    ended = coro_scope_take(scope);
  } while (!ended && scope->running.first);
  return ended;
}

yields void coro_scope_close(coro_scope *scope) {
  coro_scope_cancel(scope);
  do
    coro_wait(&scope->all);
  while (scope->running.first);
  coro_scope_clear(scope);
}
