/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What a frame waits for: the nodes in its variables that timers, reactors and
 * queues know. A record says which variables are kept and of what type; a node
 * counts only if its waker is this task's, so what was never begun, or is over,
 * is not mistaken for a wait, and none of its pointers is followed.
 */
#include "../core/operation.h"
#include "dump.h"

#include <coro/broadcast.h>
#include <coro/capability.h>
#include <coro/channel.h>
#include <coro/combine.h>
#include <coro/io.h>
#include <coro/offload.h>
#include <coro/oneshot.h>
#include <coro/reactor.h>
#include <coro/scope.h>
#include <coro/sync.h>
#include <string.h>

bool dump_is_ours(const dump *dump, coro_waker waker) {
  return dump->run && waker.ops == dump->executor->context.waker.ops &&
         waker.data == dump->run;
}

void dump_time(dump *dump, const char *before, uint64_t ns) {
  uint64_t seconds = ns / CORO_SECOND, rest = ns % CORO_SECOND;
  dump_print(&dump->text, "%s%llu.%03llu s", before,
             (unsigned long long)seconds,
             (unsigned long long)(rest / CORO_MILLISECOND));
}

static bool timer(dump *dump, const void *node, const char *what) {
  const coro_timer *timer = node;
  (void)what;
  if (!dump_is_ours(dump, timer->waker))
    return false;
  if (timer->deadline == CORO_FOREVER) {
    dump_print(&dump->text, ", waits for ever");
    return true;
  }
  const coro_timers *timers = dump->executor->context.timers;
  uint64_t now = timers ? coro_timers_now(timers) : coro_now();
  bool over = timer->deadline <= now;
  dump_time(dump, ", waits for a timer, ",
            over ? now - timer->deadline : timer->deadline - now);
  dump_print(&dump->text, over ? " late" : " left");
  return true;
}

static bool file(dump *dump, const void *node, const char *what) {
  const coro_fd_wait *wait = node;
  (void)what;
  if (!dump_is_ours(dump, wait->waker) || wait->ready)
    return false;
  bool read = wait->events & CORO_READABLE,
       write = wait->events & CORO_WRITABLE;
  dump_print(&dump->text, ", waits for file descriptor %d to be %s%s%s",
             (int)wait->fd, read ? "readable" : "", read && write ? " or " : "",
             write ? "writable" : "");
  return true;
}

/* The queue of one that waits, which may be a copy, is there until its task has
 * gone on. lock is the queue whose lock counts: itself, but for receivers. */
static bool queued(dump *dump, const coro_waiter *waiter, coro_wait_queue *lock,
                   const char *what) {
  const void *self = (const char *)waiter + dump->moved;
  size_t place = 0;
  if ((uintptr_t)self == dump->told)
    return false; /* a caller's variable, to which this is a pointer */
  dump->told = (uintptr_t)self;
  coro_wait_queue_lock(lock);
  for (const coro_waiter *at = waiter->queue->first; at; at = at->next) {
    place++;
    if (at == self)
      break;
  }
  coro_wait_queue_unlock(lock);
  dump_print(&dump->text, ", waits for %s ", what);
  dump_address(dump, lock);
  dump_print(&dump->text, ", number %zu in its queue", place);
  return true;
}

static bool is_waiting(const dump *dump, const coro_waiter *waiter) {
  return dump_is_ours(dump, waiter->waker) &&
         __atomic_load_n(&waiter->state, __ATOMIC_RELAXED) == CORO_WAITER_WAITS;
}

static bool waiter(dump *dump, const void *node, const char *what) {
  const coro_waiter *waiter = node;
  return is_waiting(dump, waiter) && queued(dump, waiter, waiter->queue, what);
}

/* In the second queue of a channel, under the lock of the first. */
static bool receiver(dump *dump, const void *node, const char *what) {
  const coro_waiter *waiter = node;
  if (!is_waiting(dump, waiter))
    return false;
  coro_channel *channel = (coro_channel *)((char *)waiter->queue -
                                           offsetof(coro_channel, receivers));
  return queued(dump, waiter, &channel->senders, what);
}

static bool condition(dump *dump, const void *node, const char *what) {
  const coro_condition_wait_op *op = node;
  bool notified = op->waiter.queue != &op->condition->queue;
  return waiter(dump, &op->waiter, notified ? "the mutex" : what);
}

/* What others have pointers to, too. */
static bool future(dump *dump, const void *node, const char *what) {
  (void)what;
  return dump_future(dump, (uintptr_t)node + (uintptr_t)dump->moved);
}

static bool future_there(dump *dump, const char *at) {
  uintptr_t address;
  memcpy(&address, at, sizeof(address));
  return dump_future(dump, address);
}

static bool performed(dump *dump, const void *node, const char *what) {
  const coro_operation *operation = node;
  if (operation->state != OPERATION_WAITS ||
      !dump_is_ours(dump, operation->waker))
    return false;
  dump_print(&dump->text, ", waits for %s %u to be performed", what,
             (unsigned)operation->code);
  return true;
}

struct kind {
  const char *type;
  size_t size;
  bool (*print)(dump *dump, const void *node, const char *what);
  const char *what;
};

enum { MAX_NODE = 512 };

/* Types as C spells them; one of them is of runtime/io/fd.c. */
static const struct kind kinds[] = {
    {"coro_fd_wait", sizeof(coro_fd_wait), file, NULL},
    {"struct waiting", sizeof(coro_fd_wait), file, NULL},
    {"coro_timer", sizeof(coro_timer), timer, NULL},
    {"coro_alarm", sizeof(coro_timer), timer, NULL},
    {"coro_waiter", sizeof(coro_waiter), waiter, "the queue"},
    {"coro_mutex_lock_op", sizeof(coro_waiter), waiter, "the mutex"},
    {"coro_rwlock_op", sizeof(coro_waiter), waiter, "the rwlock"},
    {"coro_semaphore_acquire_op", sizeof(coro_waiter), waiter, "the semaphore"},
    {"coro_event_wait_op", sizeof(coro_waiter), waiter, "the event"},
    {"coro_once_op", sizeof(coro_waiter), waiter, "the once"},
    {"coro_barrier_wait_op", sizeof(coro_waiter), waiter, "the barrier"},
    {"coro_send_op", sizeof(coro_waiter), waiter, "room in the channel"},
    {"coro_receive_op", sizeof(coro_waiter), receiver,
     "a value of the channel"},
    {"coro_oneshot_op", sizeof(coro_waiter), waiter, "the oneshot"},
    {"coro_broadcast_op", sizeof(coro_waiter), waiter, "the broadcast"},
    {"coro_condition_wait_op", sizeof(coro_condition_wait_op), condition,
     "the condition"},
    {"coro_scope", sizeof(coro_scope), future, NULL},
    {"coro_spawned", sizeof(coro_spawned), future, NULL},
    {"coro_sent", sizeof(coro_sent), future, NULL},
    {"coro_shared_wait_op", sizeof(coro_shared_wait_op), future, NULL},
    {"coro_work", sizeof(coro_work), future, NULL},
    {"coro_operation", sizeof(coro_operation), performed, "operation"},
};

/* All nodes have pointers, and so that alignment. */
static bool is_aligned(const char *at) {
  return (uintptr_t)at % _Alignof(void *) == 0;
}

/* A pointer to such a node. */
static bool print_pointed(dump *dump, const char *at, const struct kind *kind) {
  _Alignas(16) char copy[MAX_NODE];
  uintptr_t address;
  memcpy(&address, at, sizeof(address));
  if (kind->size > sizeof(copy) || !dump_read(dump, address, copy, kind->size))
    return false;
  ptrdiff_t moved = dump->moved;
  dump->moved = (ptrdiff_t)(address - (uintptr_t)copy);
  bool any = kind->print(dump, copy, kind->what);
  dump->moved = moved;
  return any;
}

static bool print_variable(dump *dump, const char *at, size_t size,
                           const char *type) {
  for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
    size_t length = strlen(kinds[k].type);
    if (strncmp(type, kinds[k].type, length) != 0)
      continue;
    if (!type[length] && size >= kinds[k].size && is_aligned(at))
      return kinds[k].print(dump, at, kinds[k].what);
    if (!strcmp(type + length, " *") && size >= sizeof(void *))
      return print_pointed(dump, at, &kinds[k]);
  }
  return false;
}

/* A value without a name is often the future that is waited for, or the node
 * that waits for a shared one: of a work that runs on although nobody wants it,
 * nothing else is left. */
static bool print_member(dump *dump, const char *frame, dump_member *member) {
  const char *at = frame + member->offset;
  if (!member->count && member->size == sizeof(void *))
    return future_there(dump, at);
  if (!member->count && member->size == sizeof(coro_shared_wait_op))
    return dump_future(dump, (uintptr_t)at + (uintptr_t)dump->moved);
  for (uint64_t i = 0; i < member->count; i++)
    if (print_variable(dump, at, member->size,
                       dump_read_variable(&member->variables).type))
      return true;
  return false;
}

bool dump_waits(dump *dump, const char *frame, size_t room,
                const dump_record *record, const uint8_t *live,
                uint64_t members) {
  bool any = false;
  for (uint64_t i = 0; dump->run && i < members; i++) {
    dump_member member;
    if (live[i] && dump_find_member(record, i, room, &member))
      any |= print_member(dump, frame, &member);
  }
  return any;
}

bool dump_operation(dump *dump, uintptr_t address) {
  coro_operation operation;
  return dump_read(dump, address, &operation, sizeof(operation)) &&
         performed(dump, &operation, "operation");
}
