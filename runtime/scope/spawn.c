/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * Spawned tasks. One piece of memory is
 *
 *   |<------ head ------>|<------ box ------>|<-- coro->size -->|
 *   | coro_spawned   |   |       | allocator | frame            |
 *
 * coro_new fills the box and the frame, as it takes them from an allocator that
 * asks the real one for `head` more. The box's pointer is then made to name the
 * real one. All begins at a multiple of the larger of both alignments.
 *
 * A sent one is used by two threads: its task's, which says how it ended, and
 * whoever waits. See sent.h for how they share it.
 */
#include "sent.h"
#include "spawned.h"

static size_t align_of(const coro_descriptor *coro) {
  size_t align = _Alignof(coro_sent);
  return coro->align > align ? coro->align : align;
}

static void *room_allocate(coro_allocator *self, size_t size, size_t align) {
  coro_spawn_room *room = (coro_spawn_room *)self;
  if (align < _Alignof(coro_sent))
    align = _Alignof(coro_sent);
  size_t head = (room->head + align - 1) & ~(align - 1);
  if (!room->from || size > SIZE_MAX - head)
    return 0;
  room->memory = room->from->ops->allocate(room->from, head + size, align);
  return room->memory ? (char *)room->memory + head : 0;
}

/* Only coro_new sees this allocator, and it gives nothing back. */
static const coro_allocator_ops room_ops = {CORO_CAPABILITY_VERSION,
                                            room_allocate, 0};

coro_spawn_room coro_spawn_room_from(coro_allocator *allocator, size_t head) {
  return (coro_spawn_room){{&room_ops}, allocator, head, 0};
}

static coro_allocator **allocator_of(coro_any_task task) {
  return (coro_allocator **)task.frame - 1;
}

coro_spawned *coro_spawn_room_take(coro_spawn_room *room, coro_any_task task) {
  if (!task.frame)
    return 0;
  *allocator_of(task) = room->from;
  coro_spawned *spawned = (coro_spawned *)room->memory;
  spawned->job.task = task;
  spawned->kind = CORO_SPAWNED_BOXED;
  return spawned;
}

void coro_spawned_give_back(coro_spawned *spawned) {
  coro_any_task task = spawned->job.task;
  coro_allocator *allocator = *allocator_of(task);
  size_t size = (size_t)((char *)task.frame - (char *)spawned);
  allocator->ops->release(allocator, spawned, size + task.coro->size,
                          align_of(task.coro));
}

static sent_word *word_of(coro_spawned *sent) {
  return &((coro_sent *)sent)->state;
}

static bool is_sent(const coro_spawned *spawned) {
  return spawned->kind & CORO_SPAWNED_SENT;
}

/* Nobody looks at it any more. */
static void give_back_boxed(coro_spawned *spawned) {
  if (spawned->kind & CORO_SPAWNED_BOXED)
    coro_spawned_give_back(spawned);
}

static coro_status poll_sent(coro_spawned *sent, coro_context *cx) {
  coro_status status = sent_await(word_of(sent), &sent->shared, cx);
  if (status != CORO_DONE)
    return status;
  status = coro_shared_over(&sent->shared, sent->status, cx);
  if (sent_saw_end(word_of(sent), cx))
    give_back_boxed(sent);
  return status;
}

static coro_status poll_spawned(coro_future *future, coro_context *cx) {
  coro_spawned *spawned = (coro_spawned *)future;
  if (is_sent(spawned))
    return poll_sent(spawned, cx);
  return spawned->status == CORO_PENDING
             ? coro_shared_pending(&spawned->shared, cx)
             : coro_shared_over(&spawned->shared, spawned->status, cx);
}

/* The wait ends, not the task. */
static coro_status cancel_wait(coro_future *future, coro_context *cx) {
  coro_spawned *spawned = (coro_spawned *)future;
  if (!is_sent(spawned))
    coro_shared_leave(&spawned->shared, cx);
  else if (sent_forget(word_of(spawned), &spawned->shared, cx))
    give_back_boxed(spawned);
  return CORO_CANCELLED;
}

bool coro_spawned_finish(coro_spawned *spawned, coro_status status) {
  spawned->status = status;
  if (spawned->shared.waiters.ops)
    coro_shared_wake(&spawned->shared, status, /*local=*/1);
  return spawned->detached && spawned->kind & CORO_SPAWNED_BOXED;
}

static void task_done(coro_job *job, coro_status status) {
  coro_spawned *spawned = coro_spawned_of(job);
  if (coro_spawned_finish(spawned, status))
    coro_spawned_give_back(spawned);
}

static void sent_done(coro_job *job, coro_status status) {
  coro_spawned *spawned = coro_spawned_of(job);
  spawned->status = status;
  if (sent_end(word_of(spawned), &spawned->shared))
    give_back_boxed(spawned);
}

void coro_spawned_init(coro_spawned *spawned, coro_any_task task,
                       uint32_t kind) {
  *spawned = (coro_spawned){.shared.future = {poll_spawned, cancel_wait},
                            .job = {.task = task},
                            .status = CORO_PENDING,
                            .kind = (uint16_t)kind};
}

static int give(coro_spawned *spawned, coro_spawner *spawner,
                coro_any_task task, uint32_t kind) {
  if (!spawner)
    return CORO_NOT_OFFERED;
  coro_spawned_init(spawned, task, kind);
  spawned->to.spawner = spawner;
  return spawner->ops->spawn(spawner, &spawned->job, task, task_done);
}

/* It may have run and ended on another thread before this returns. */
static int send_task(coro_sent *sent, coro_sender *sender, coro_any_task task,
                     uint32_t kind) {
  if (!sender)
    return CORO_NOT_OFFERED;
  coro_spawned_init(&sent->spawned, task, CORO_SPAWNED_SENT | kind);
  sent->spawned.to.sender = sender;
  sent->state = SENT_RUNS | SENT_HOLD;
  return sender->ops->send(sender, &sent->spawned.job, task, sent_done);
}

int coro_spawn_any(coro_spawned *spawned, coro_spawner *spawner,
                   coro_any_task task) {
  return give(spawned, spawner, task, 0);
}

int coro_spawn_send_any(coro_sent *sent, coro_sender *sender,
                        coro_any_task task) {
  return send_task(sent, sender, task, 0);
}

coro_status coro_spawned_status(coro_spawned *spawned) {
  if (is_sent(spawned) &&
      (sent_look(word_of(spawned)) & SENT_STATE) != SENT_DONE)
    return CORO_PENDING;
  return spawned->status;
}

void coro_spawned_request_cancel(coro_spawned *spawned) {
  if (is_sent(spawned))
    spawned->to.sender->ops->cancel(spawned->to.sender, &spawned->job);
  else if (spawned->status == CORO_PENDING)
    spawned->to.spawner->ops->cancel(spawned->to.spawner, &spawned->job);
}

void coro_detach(coro_spawned *spawned) {
  if (!spawned)
    return;
  bool done;
  if (is_sent(spawned)) {
    done = sent_let_go(word_of(spawned), &spawned->shared);
  } else {
    done = spawned->status != CORO_PENDING;
    spawned->detached = 1;
  }
  /* Where it is not done a sent one's memory may be gone now. */
  if (!done)
    return;
  if (spawned->kind & CORO_SPAWNED_CHILD &&
      !coro_child_forget((coro_child *)spawned))
    return;
  give_back_boxed(spawned);
}

int coro_spawn_settle(coro_spawned **out, coro_spawned *spawned, int error) {
  if (error && spawned)
    coro_spawned_give_back(spawned);
  *out = error ? 0 : spawned;
  return error;
}

int coro_spawn_begin(coro_spawned **out, coro_spawner *spawner,
                     coro_spawn_room *room, coro_any_task task) {
  coro_spawned *spawned = coro_spawn_room_take(room, task);
  int error = !spawner  ? CORO_NOT_OFFERED
              : spawned ? give(spawned, spawner, task, CORO_SPAWNED_BOXED)
                        : CORO_REFUSED;
  return coro_spawn_settle(out, spawned, error);
}

int coro_spawn_send_begin(coro_spawned **out, coro_sender *sender,
                          coro_spawn_room *room, coro_any_task task) {
  coro_spawned *spawned = coro_spawn_room_take(room, task);
  int error = !sender   ? CORO_NOT_OFFERED
              : spawned ? send_task((coro_sent *)spawned, sender, task,
                                    CORO_SPAWNED_BOXED)
                        : CORO_REFUSED;
  return coro_spawn_settle(out, spawned, error);
}
