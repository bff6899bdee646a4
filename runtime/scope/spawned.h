/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What spawn.c and scope.c need of each other. */
#ifndef CORO_RUNTIME_SPAWNED_H
#define CORO_RUNTIME_SPAWNED_H

#include <coro/scope.h>
#include <coro/spawn.h>
#include <stdbool.h>

static inline coro_spawned *coro_spawned_of(coro_job *job) {
  return (coro_spawned *)((char *)job - offsetof(coro_spawned, job));
}

/* Makes one that runs and that nobody waits for; what it is given to is left
 * to say. */
void coro_spawned_init(coro_spawned *spawned, coro_any_task task,
                       uint32_t kind);

/* Says that it is done, to whoever waits. True if its memory is to go back. Not
 * a sent one. */
bool coro_spawned_finish(coro_spawned *spawned, coro_status status);

/* What the macros come to, once there is a task or none: what was not spawned
 * goes back. */
int coro_spawn_settle(coro_spawned **out, coro_spawned *spawned, int error);

/* A job's on_done: a child has ended. */
void coro_child_done(coro_job *job, coro_status status);

/* Gives the scope's spawner a task as a child; kind is 0 or
 * CORO_SPAWNED_BOXED. */
int coro_child_spawn(coro_scope *scope, coro_child *child, coro_any_task task,
                     uint32_t kind, coro_on_done *on_done);

/* A child that was in fact never spawned is in no list any more. */
void coro_child_leave(coro_child *child);

/* A child that is done, and that nobody will ask for, leaves its scope. False
 * where the scope keeps it. */
bool coro_child_forget(coro_child *child);

#endif
