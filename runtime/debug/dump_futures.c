/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Futures that are mostly somewhere else than in the frame that waits. A
 * pointer in a frame may be anything and lead anywhere: what is there is copied
 * before anything is believed, and is what it looks like if its waker is this
 * task's.
 */
#include "../scope/spawned.h"
#include "dump.h"

#include <coro/offload.h>
#include <coro/scope.h>
#include <string.h>

/* To find the number of each child takes a search. */
enum { MAX_CHILDREN = 8 };

/* Who polls it by hand is at the end of its chain, of which a few are looked
 * at: nodes are in the frames that wait, and found there. */
static bool by_hand(dump *dump, const coro_shared *shared) {
  coro_waker waker = shared->waiters;
  coro_shared_wait_op op;
  for (int i = 0; i < MAX_CHILDREN && coro_shared_op_of(waker); i++) {
    if (!dump_read(dump, (uintptr_t)waker.data, &op, sizeof(op)))
      return false;
    waker = op.before;
  }
  return dump_is_ours(dump, waker);
}

/* Where somebody waits for the scope, its children are there. */
static void print_children(dump *dump, const coro_scope *scope) {
  size_t count = 0, named = 0;
  dump_print(&dump->text, ", waits for its children");
  for (const coro_child *child = scope->running.first; child;
       child = child->next, count++) {
    size_t number = 0;
    if (count < MAX_CHILDREN)
      number = dump_number_of(dump->executor, &child->spawned.job);
    if (number)
      dump_print(&dump->text, "%s %zu", named++ ? "" : ": tasks", number);
  }
  if (count > MAX_CHILDREN)
    dump_print(&dump->text, " and %zu more", count - MAX_CHILDREN);
  else if (count > named)
    dump_print(&dump->text, "%s %zu on other threads", named ? " and" : ":",
               count - named);
}

/* awaited: a node of this task's waits for it. */
static bool scope_at(dump *dump, uintptr_t address, bool awaited) {
  coro_context none = coro_context_idle;
  coro_scope scope, other = coro_scope_open(&none, 0);
  if (!dump_read(dump, address, &scope, sizeof(scope)) ||
      scope.all.future.poll != other.all.future.poll)
    return false;
  if (!awaited && !by_hand(dump, &scope.all) && !by_hand(dump, &scope.next))
    return false;
  print_children(dump, &scope);
  return true;
}

static bool spawned_at(dump *dump, uintptr_t address, bool awaited) {
  coro_spawned spawned, other;
  coro_descriptor coro;
  char name[256];
  coro_spawned_init(&other, (coro_any_task){NULL, NULL}, 0);
  if (!dump_read(dump, address, &spawned, sizeof(spawned)) ||
      spawned.future.poll != other.future.poll ||
      spawned.status != CORO_PENDING ||
      (!awaited && !by_hand(dump, &spawned.shared)))
    return false;
  const coro_job *job =
      (const coro_job *)(address + offsetof(coro_spawned, job));
  size_t number = dump_number_of(dump->executor, job);
  if (number)
    dump_print(&dump->text, ", waits for task %zu", number);
  else if (dump_read_descriptor(dump, (uintptr_t)spawned.job.task.coro, &coro,
                                name, sizeof(name)))
    dump_print(&dump->text, ", waits for a task of %s on another thread", name);
  else
    return false;
  return true;
}

/* A node of this task's, in the chain of what it waits for. */
static bool node_at(dump *dump, uintptr_t address) {
  coro_shared_wait_op op;
  if (!dump_read(dump, address, &op, sizeof(op)) ||
      op.future.poll != coro_shared_wait_op_poll || !op.at ||
      !dump_is_ours(dump, op.waker))
    return false;
  uintptr_t shared = (uintptr_t)op.shared;
  if (!spawned_at(dump, shared, true) && !scope_at(dump, shared, true) &&
      !scope_at(dump, shared - offsetof(coro_scope, next), true))
    dump_print(&dump->text, ", waits for the shared future %p",
               (void *)op.shared);
  return true;
}

/* How long it has run is known in a runtime that traces. */
static void print_work(dump *dump, const coro_work *work) {
  const char *name = dump_index_symbol(dump->index, (uintptr_t)work->run).name;
  static const char suffix[] = ".run"; /* of what coro_offload calls */
  size_t behind = sizeof(suffix) - 1;
  if (!name)
    name = "a function";
  size_t length = strlen(name);
  if (length > behind && !strcmp(name + length - behind, suffix))
    length -= behind;
  dump_print(&dump->text, ", offloaded: %.*s, ", (int)length, name);
  if (!work->began) {
    dump_print(&dump->text, "waiting in queue");
    return;
  }
  dump_print(&dump->text, work->ran ? "done" : "running");
  uint32_t now = (uint32_t)(coro_now() / CORO_MILLISECOND);
  if (work->began != 1 && !work->ran)
    dump_time(dump, " for ", ((now | 1) - work->began) * CORO_MILLISECOND);
}

static bool work_at(dump *dump, uintptr_t address) {
  coro_work work, other;
  coro_work_init(&other, NULL);
  if (!dump_read(dump, address, &work, sizeof(work)) ||
      work.future.poll != other.future.poll || !work.offloader ||
      !dump_is_ours(dump, work.waker))
    return false;
  print_work(dump, &work);
  return true;
}

/* Of which primitive it is nobody says here, nor therefore which lock its queue
 * has: so it is not looked at. */
static bool waiter_at(dump *dump, uintptr_t address) {
  coro_waiter waiter;
  if (!dump_read(dump, address, &waiter, sizeof(waiter)) ||
      waiter.state != CORO_WAITER_WAITS || !waiter.queue ||
      !dump_is_ours(dump, waiter.waker))
    return false;
  dump_print(&dump->text, ", waits in the queue ");
  dump_address(dump, waiter.queue);
  return true;
}

bool dump_future(dump *dump, uintptr_t address) {
  if (address == dump->told || address % _Alignof(void *))
    return false;
  if (!work_at(dump, address) && !spawned_at(dump, address, false) &&
      !scope_at(dump, address, false) && !node_at(dump, address) &&
      !waiter_at(dump, address))
    return false;
  dump->told = address;
  return true;
}
