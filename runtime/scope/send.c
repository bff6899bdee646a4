/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Children of a scope that run on another thread. The scope itself stays on
 * one: such a child is a task of its thread that does nothing but wait for the
 * one that was sent, and hand on that it is cancelled.
 *
 *   scope's thread             | coro_child: a job whose task is the relay
 *   both, see coro_sent        | coro_sent: a job of the sender's, a future
 *   the thread it was sent to  | frame
 *
 * are one piece of memory, taken and given back on the scope's thread. Once the
 * relay is done, the child's task is made the real one: it is where result and
 * error are.
 */
#include "sent.h"
#include "spawned.h"

static coro_status poll_relay(void *frame, coro_context *cx) {
  coro_future *sent = (coro_future *)frame;
  return sent->poll(sent, cx);
}

/* Pending until the task is over there, whose end then wakes cx's waker. */
static coro_status cancel_relay(void *frame, coro_context *cx) {
  coro_status status = poll_relay(frame, cx);
  if (status == CORO_PENDING)
    coro_spawned_request_cancel((coro_spawned *)frame);
  return status;
}

static const coro_descriptor relay = {
    .abi = CORO_ABI_VERSION,
    .align = _Alignof(coro_sent),
    .size = sizeof(coro_sent),
    .poll = poll_relay,
    .cancel = cancel_relay,
    .name = "coro_scope_spawn_send",
};

static coro_sent_child *sent_child_of(coro_job *job) {
  return (coro_sent_child *)coro_spawned_of(job);
}

static void relay_done(coro_job *job, coro_status status) {
  job->task = sent_child_of(job)->sent.spawned.job.task;
  coro_child_done(job, status);
}

/* The sender had refused, and the spawner could not take the relay out. */
static void refused_done(coro_job *job, coro_status status) {
  (void)status;
  coro_sent_child *here = sent_child_of(job);
  job->task = here->sent.spawned.job.task;
  coro_child_leave(&here->child);
  coro_spawned_give_back(&here->child.spawned);
}

/* Ends the relay of a task that was not sent. False if that takes until its
 * next poll, and the memory with it. */
static bool end_relay(coro_sent_child *here, coro_any_task task) {
  coro_job *job = &here->child.spawned.job;
  coro_spawner *spawner = here->child.spawned.to.spawner;
  here->sent.spawned.job.task = task;
  here->sent.spawned.status = CORO_CANCELLED;
  here->sent.state = SENT_DONE | SENT_HOLD;
  job->on_done = refused_done;
  if (!spawner->ops->remove || spawner->ops->remove(spawner, job))
    return false;
  coro_child_leave(&here->child);
  return true;
}

int coro_scope_send_begin(coro_spawned **out, coro_scope *scope,
                          coro_spawn_room *room, coro_any_task task) {
  coro_sent_child *here = (coro_sent_child *)coro_spawn_room_take(room, task);
  coro_spawned *spawned = here ? &here->child.spawned : 0;
  int error = !scope->spawner || !scope->sender ? CORO_NOT_OFFERED
              : !here                           ? CORO_REFUSED
                                                : 0;
  if (!error)
    error = coro_child_spawn(scope, &here->child,
                             (coro_any_task){&here->sent, &relay},
                             CORO_SPAWNED_BOXED, relay_done);
  if (!error) {
    error = coro_spawn_send_any(&here->sent, scope->sender, task);
    if (error && !end_relay(here, task))
      spawned = 0;
  }
  if (error && spawned)
    spawned->job.task = task;
  return coro_spawn_settle(out, spawned, error);
}
