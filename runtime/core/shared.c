/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Who waits for a shared future is a chain of wakers, from the one that came
 * last to the one that came first. Each but the end is that of a node, which
 * has room for the next:
 *
 *   shared.waiters -> op.before -> op.before -> who polls by hand, or nobody
 *
 * A node asks to be in it by polling the future itself with a waker of its own
 * kind: so the future's poll, which may take a lock, is the same for all.
 *
 * Invariants: an op is in the chain exactly while `at` is not NULL, and `at` is
 * then the waker that names it; only the end of the chain is of another kind.
 * What changes in an op while it may be in the chain changes where the future
 * has its lock, if it has one; `status`, which is looked at without, is then
 * its task's alone, as are `holds` and `tired`.
 *
 * coro_waker_noop at the end of the chain is nobody: it says that who polls by
 * hand gave way for want of fuel, and goes on next time in any case.
 */
#include "shared.h"

/* The size is known to lib/Transforms/SharedArms.cpp. */
_Static_assert(sizeof(coro_shared_wait_op) == 8 * sizeof(void *) + 8,
               "a shared wait has another size");

/* What a node polls with. */
struct asking {
  coro_shared_wait_op *op;
  coro_waker waker;
};

/* Names a node; is never called. */
static void never(void *data) { (void)data; }
static const coro_waker_ops in_chain = {.wake = never};

/* The future may wake whoever polls, for want of fuel, say: during its poll. */
static void wake_asking(void *data) {
  coro_wake(((struct asking *)data)->waker);
}
static void wake_asking_local(void *data) {
  coro_wake_local(((struct asking *)data)->waker);
}
static const coro_waker_ops asks = {.wake = wake_asking,
                                    .wake_local = wake_asking_local};

/* The node that polls with this context. */
static coro_shared_wait_op *asking_op(coro_context *cx) {
  return cx->waker.ops == &asks ? ((struct asking *)cx->waker.data)->op : 0;
}

coro_shared_wait_op *coro_shared_op_of(coro_waker waker) {
  return waker.ops == &in_chain ? (coro_shared_wait_op *)waker.data : 0;
}

/* Puts `waker`, which may be a node, where `at` is. */
static void set(coro_waker *at, coro_waker waker) {
  *at = waker;
  coro_shared_wait_op *op = coro_shared_op_of(waker);
  if (op)
    op->at = at;
}

static void take_out(coro_shared_wait_op *op) {
  if (op->at)
    set(op->at, op->before);
  op->at = 0;
}

/* The end of the chain. */
static coro_waker *by_hand(coro_shared *shared) {
  coro_waker *at = &shared->waiters;
  for (coro_shared_wait_op *op; (op = coro_shared_op_of(*at));)
    at = &op->before;
  return at;
}

static bool same(coro_waker a, coro_waker b) {
  return a.ops == b.ops && a.data == b.data;
}

/* A thread that blocks has one waker until it has ended or cancelled its wait:
 * so two of those are two that wait. Others may be one that has moved. */
static bool blocks(coro_waker waker) {
  return waker.ops && waker.ops->wake == coro_parker_wake;
}

coro_status coro_shared_pending(coro_shared *shared, coro_context *cx) {
  if (cx->waker.ops == &asks) {
    struct asking *asking = (struct asking *)cx->waker.data;
    coro_shared_wait_op *op = asking->op;
    op->waker = asking->waker; /* this poll may have another one */
    if (!op->at) {
      set(&op->before, shared->waiters);
      set(&shared->waiters, (coro_waker){&in_chain, op});
    }
    return CORO_PENDING;
  }
  coro_waker *at = by_hand(shared);
  if (blocks(*at) && blocks(cx->waker) && !same(*at, cx->waker))
    return CORO_TAKEN;
  *at = cx->waker;
  return CORO_PENDING;
}

coro_status coro_shared_over(coro_shared *shared, coro_status status,
                             coro_context *cx) {
  if (cx->waker.ops == &asks || cx->fuel == CORO_FUEL_UNLIMITED)
    return status;
  /* No node waits for what is over. Threads may poll it at the same time. */
  const coro_waker_ops **mark = &shared->waiters.ops;
  const coro_waker_ops *ops = __atomic_load_n(mark, __ATOMIC_RELAXED);
  if (ops == &in_chain)
    return status; /* it begins anew */
  bool tired = ops == &coro_waker_noop;
  bool goes_on = tired || coro_spend_or_wake(cx);
  if (tired || !goes_on)
    __atomic_store_n(mark, goes_on ? 0 : &coro_waker_noop, __ATOMIC_RELAXED);
  return goes_on ? status : CORO_PENDING;
}

/* One that is cancelled from outside its executor brings the waker that wakes
 * nobody. */
void coro_shared_leave(coro_shared *shared, coro_context *cx) {
  coro_shared_wait_op *op = asking_op(cx);
  if (op) {
    take_out(op);
    return;
  }
  coro_waker *at = by_hand(shared);
  if (same(*at, cx->waker) || cx->waker.ops == &coro_waker_noop)
    at->ops = 0;
}

void coro_shared_forget(coro_shared *shared) { by_hand(shared)->ops = 0; }

bool coro_shared_hold(coro_context *cx) {
  coro_shared_wait_op *op = asking_op(cx);
  bool is_new = op && !op->holds;
  if (is_new)
    op->holds = 1;
  return is_new;
}

bool coro_shared_unhold(coro_context *cx) {
  coro_shared_wait_op *op = asking_op(cx);
  bool held = op && op->holds;
  if (held)
    op->holds = 0;
  return held;
}

/* Takes the chain out, and turns it: who came first is first. The waits of the
 * nodes end with this status, unless it is CORO_PENDING. */
static coro_waker take_all(coro_shared *shared, coro_status status) {
  coro_waker rest = shared->waiters, turned = {0, 0};
  shared->waiters.ops = 0;
  coro_shared_wait_op *last = 0;
  for (coro_shared_wait_op *op; (op = coro_shared_op_of(rest));) {
    rest = op->before;
    op->before = turned;
    op->at = 0;
    if (status != CORO_PENDING)
      op->status = status;
    turned = (coro_waker){&in_chain, op};
    last = last ? last : op;
  }
  if (last)
    last->before = rest;
  return last ? turned : rest;
}

/* The first of what was taken; *rest are the others. No waker was called of
 * those: they are there. */
static coro_waker take_first(coro_waker *rest) {
  coro_waker first = *rest;
  coro_shared_wait_op *op = coro_shared_op_of(first);
  *rest = op ? op->before : (coro_waker){0, 0};
  return op ? op->waker : first;
}

void coro_shared_wake(coro_shared *shared, coro_status status, int local) {
  coro_waker rest = take_all(shared, status);
  while (rest.ops) {
    coro_waker first = take_first(&rest);
    if (local)
      coro_wake_local(first);
    else
      coro_wake(first);
  }
}

coro_untold coro_shared_wake_untold(coro_shared *shared) {
  coro_waker rest = take_all(shared, CORO_PENDING);
  coro_untold untold = {0, 0};
  while (rest.ops) {
    coro_untold next = coro_wake_untold(take_first(&rest));
    if (!next.tell)
      continue;
    coro_tell(untold); /* one thread is told late, the others at once */
    untold = next;
  }
  return untold;
}

/* Polls or cancels with the waker of a node. Two contexts are read-only. */
static coro_status ask(coro_shared_wait_op *op, coro_context *cx,
                       coro_status (*what)(coro_future *, coro_context *)) {
  coro_context copy;
  if (cx == &coro_context_idle || cx == &coro_context_idle_cancel) {
    copy = *cx;
    cx = &copy;
  }
  struct asking asking = {op, cx->waker};
  cx->waker = (coro_waker){&asks, &asking};
  coro_status status = what(&op->shared->future, cx);
  cx->waker = asking.waker;
  return status;
}

coro_status coro_shared_wait_op_poll(coro_future *future, coro_context *cx) {
  coro_shared_wait_op *op = (coro_shared_wait_op *)future;
  if (op->status == CORO_PENDING) {
    coro_status status = ask(op, cx, op->shared->future.poll);
    if (status == CORO_PENDING)
      return CORO_PENDING;
    op->status = status;
  }
  if (!op->tired && !coro_spend_or_wake(cx)) {
    op->tired = 1;
    return CORO_PENDING;
  }
  return op->status;
}

/* The future is asked also where the op does not seem to wait: what says so
 * may change on another thread. */
static coro_status cancel_op(coro_future *future, coro_context *cx) {
  coro_shared_wait_op *op = (coro_shared_wait_op *)future;
  if (op->status != CORO_PENDING)
    return op->status; /* it gave way, and has not said so yet */
  ask(op, cx, op->shared->future.cancel);
  return CORO_CANCELLED;
}

void coro_shared_wait_op_end(coro_shared_wait_op *op) {
  coro_future_cancel(&op->future, (coro_context *)&coro_context_idle);
}

void coro_shared_wait_op_init(coro_shared_wait_op *op, coro_shared *shared) {
  op->future = (coro_future){coro_shared_wait_op_poll, cancel_op};
  op->shared = shared;
  op->at = 0;
  op->status = CORO_PENDING;
  op->holds = op->tired = 0;
}

coro_status coro_block_on_shared(coro_shared *shared) {
  coro_shared_wait_op op;
  coro_shared_wait_op_init(&op, shared);
  return coro_block_on_future(&op.future);
}

int coro_shared_in_time(coro_shared *shared, uint64_t ns) {
  coro_shared_wait_op op;
  coro_shared_wait_op_init(&op, shared);
  return coro_future_in_time(&op.future, ns);
}
