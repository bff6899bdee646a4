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

yields _Bool coro_scope_wait(coro_scope *scope) {
  coro_wait(&scope->all);
  return !scope->failed;
}

yields coro_spawned *coro_scope_next(coro_scope *scope) {
  coro_wait(&scope->next);
  return coro_scope_take(scope);
}

yields void coro_scope_close(coro_scope *scope) {
  coro_scope_cancel(scope);
  coro_wait(&scope->all);
  coro_scope_clear(scope);
}
