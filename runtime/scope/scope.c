/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Scopes. A child is in one of two lists, or forgotten:
 *
 *              ends                              detached
 *   running ---------> ended (untaken, taken) -------------> forgotten
 *      |                                                         ^
 *      +----------------- ends, and was detached before ---------+
 *
 * The first that failed stays in `ended` even so, for whoever asks why.
 *
 * Nothing here calls a child: to cancel one asks its spawner, which does so in
 * its turn, and each child's own scope does the same. So a tree of scopes is
 * cancelled from its root to its leaves and ends from its leaves to its root
 * with no recursion, and each child is visited once for either.
 */
#include "spawned.h"

static void append(coro_child_list *list, coro_child *child) {
  child->next = 0;
  child->prev = list->last;
  *(list->last ? &list->last->next : &list->first) = child;
  list->last = child;
}

static void take_out(coro_child_list *list, coro_child *child) {
  *(child->prev ? &child->prev->next : &list->first) = child->next;
  *(child->next ? &child->next->prev : &list->last) = child->prev;
}

void coro_scope_cancel(coro_scope *scope) {
  if (scope->cancelled)
    return;
  scope->cancelled = 1;
  for (coro_child *child = scope->running.first, *next; child; child = next) {
    next = child->next;
    coro_spawned_request_cancel(&child->spawned);
  }
}

static bool returned_nonzero(coro_any_task task) {
  const char *result = (const char *)coro_result_any(task);
  for (size_t i = 0; i < task.coro->result_size; i++)
    if (result[i])
      return true;
  return false;
}

static bool has_failed(const coro_scope *scope, const coro_child *child) {
  switch (child->spawned.status) {
  case CORO_CANCELLED:
    return !scope->cancelled;
  case CORO_DONE:
    return scope->policy & CORO_SCOPE_NONZERO &&
           returned_nonzero(child->spawned.job.task);
  default:
    return true;
  }
}

/* Once no child runs the waits are over: whoever is told of that need not look
 * at the scope, which may be gone by then. Before, those whose child another
 * one takes wait on. */
static void wake_waiters(coro_scope *scope) {
  bool over = !scope->running.first;
  if (scope->next.waiters.ops)
    coro_shared_wake(&scope->next, over ? CORO_DONE : CORO_PENDING,
                     /*local=*/1);
  if (over && scope->all.waiters.ops) /* behind them: the scope may end then */
    coro_shared_wake(&scope->all, CORO_DONE, /*local=*/1);
}

void coro_child_done(coro_job *job, coro_status status) {
  coro_child *child = (coro_child *)coro_spawned_of(job);
  coro_scope *scope = child->scope;
  bool unowned = coro_spawned_finish(&child->spawned, status);
  take_out(&scope->running, child);
  bool first_failed = !scope->failed && has_failed(scope, child);
  if (first_failed)
    scope->failed = &child->spawned;
  if (first_failed || !child->spawned.detached) {
    append(&scope->ended, child);
    if (!scope->untaken)
      scope->untaken = child;
  } else if (unowned) {
    coro_spawned_give_back(&child->spawned);
  }
  if (first_failed && !(scope->policy & CORO_SCOPE_COLLECT))
    coro_scope_cancel(scope);
  wake_waiters(scope);
}

void coro_child_leave(coro_child *child) {
  take_out(&child->scope->running, child);
  wake_waiters(child->scope);
}

bool coro_child_forget(coro_child *child) {
  coro_scope *scope = child->scope;
  if (scope->failed == &child->spawned)
    return false;
  if (scope->untaken == child)
    scope->untaken = child->next;
  take_out(&scope->ended, child);
  return true;
}

/* The next to be taken; the first that failed may have been detached. */
static coro_child *untaken(coro_scope *scope) {
  coro_child *child = scope->untaken;
  if (child && child->spawned.detached)
    child = child->next;
  return scope->untaken = child;
}

coro_spawned *coro_scope_take(coro_scope *scope) {
  coro_child *child = untaken(scope);
  if (!child)
    return 0;
  scope->untaken = child->next;
  return &child->spawned;
}

static coro_scope *scope_of_next(coro_future *future) {
  return (coro_scope *)((char *)future - offsetof(coro_scope, next));
}

static coro_status poll_all(coro_future *future, coro_context *cx) {
  coro_scope *scope = (coro_scope *)future;
  return scope->running.first ? coro_shared_pending(&scope->all, cx)
                              : coro_shared_over(&scope->all, CORO_DONE, cx);
}

static coro_status poll_next(coro_future *future, coro_context *cx) {
  coro_scope *scope = scope_of_next(future);
  return untaken(scope) || !scope->running.first
             ? coro_shared_over(&scope->next, CORO_DONE, cx)
             : coro_shared_pending(&scope->next, cx);
}

/* The wait ends, not the children. */
static coro_status cancel_wait(coro_future *future, coro_context *cx) {
  coro_shared_leave((coro_shared *)future, cx);
  return CORO_CANCELLED;
}

coro_scope coro_scope_open(coro_context *cx, uint32_t policy) {
  return (coro_scope){
      .all.future = {poll_all, cancel_wait},
      .next.future = {poll_next, cancel_wait},
      .spawner = cx->spawner,
      .sender = cx->sender,
      .allocator = cx->allocator,
      .policy = (uint16_t)policy,
  };
}

int coro_child_spawn(coro_scope *scope, coro_child *child, coro_any_task task,
                     uint32_t kind, coro_on_done *on_done) {
  coro_spawner *spawner = scope->spawner;
  if (!spawner)
    return CORO_NOT_OFFERED;
  if (scope->cancelled)
    return CORO_ENDED;
  coro_spawned_init(&child->spawned, task, CORO_SPAWNED_CHILD | kind);
  child->spawned.to.spawner = spawner;
  child->scope = scope;
  int error = spawner->ops->spawn(spawner, &child->spawned.job, task, on_done);
  if (!error)
    append(&scope->running, child);
  return error;
}

int coro_scope_spawn_any(coro_scope *scope, coro_child *child,
                         coro_any_task task) {
  return coro_child_spawn(scope, child, task, 0, coro_child_done);
}

int coro_scope_begin(coro_spawned **out, coro_scope *scope,
                     coro_spawn_room *room, coro_any_task task) {
  coro_spawned *spawned = coro_spawn_room_take(room, task);
  int error = spawned ? coro_child_spawn(scope, (coro_child *)spawned, task,
                                         CORO_SPAWNED_BOXED, coro_child_done)
              : !scope->spawner ? CORO_NOT_OFFERED
                                : CORO_REFUSED;
  return coro_spawn_settle(out, spawned, error);
}

void coro_scope_clear(coro_scope *scope) {
  for (coro_child *child = scope->ended.first, *next; child; child = next) {
    next = child->next;
    if (child->spawned.kind & CORO_SPAWNED_BOXED)
      coro_spawned_give_back(&child->spawned);
  }
  scope->ended = (coro_child_list){0, 0};
  scope->untaken = 0;
  scope->failed = 0;
}
