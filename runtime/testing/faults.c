/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Capabilities that fail on demand, each in front of one that does not. */
#include <coro/testing.h>

static bool fails(coro_faults *faults) {
  uint64_t count = ++faults->seen;
  return faults->at &&
         (count == faults->at || (faults->on && count > faults->at));
}

/* Memory ------------------------------------------------------------------- */

static void *allocate(coro_allocator *allocator, size_t size, size_t align) {
  coro_faulty_allocator *self = (coro_faulty_allocator *)allocator;
  if (fails(&self->faults))
    return NULL;
  void *memory = self->inner->ops->allocate(self->inner, size, align);
  self->live += memory != NULL;
  return memory;
}

static void release(coro_allocator *allocator, void *memory, size_t size,
                    size_t align) {
  coro_faulty_allocator *self = (coro_faulty_allocator *)allocator;
  self->live -= memory != NULL;
  self->inner->ops->release(self->inner, memory, size, align);
}

static const coro_allocator_ops allocator_ops = {CORO_CAPABILITY_VERSION,
                                                 allocate, release};

void coro_faulty_allocator_init(coro_faulty_allocator *faulty,
                                coro_allocator *inner, uint64_t at, bool on) {
  *faulty = (coro_faulty_allocator){
      .allocator = {&allocator_ops}, .inner = inner, .faults = {at, 0, on}};
}

/* Files -------------------------------------------------------------------- */

static coro_reactor *inner_of(coro_reactor *reactor) {
  return ((coro_faulty_reactor *)reactor)->inner;
}

static int wait(coro_reactor *reactor, coro_fd_wait *wait) {
  coro_faulty_reactor *self = (coro_faulty_reactor *)reactor;
  if (fails(&self->faults))
    return self->error;
  return self->inner->ops->wait(self->inner, wait);
}

static void cancel(coro_reactor *reactor, coro_fd_wait *wait) {
  inner_of(reactor)->ops->cancel(inner_of(reactor), wait);
}

static int gather(coro_reactor *reactor, uint64_t ns) {
  return inner_of(reactor)->ops->gather(inner_of(reactor), ns);
}

static void deliver(coro_reactor *reactor) {
  inner_of(reactor)->ops->deliver(inner_of(reactor));
}

static void notify(coro_reactor *reactor) {
  inner_of(reactor)->ops->notify(inner_of(reactor));
}

static void close_inner(coro_reactor *reactor) {
  inner_of(reactor)->ops->close(inner_of(reactor));
}

static int descriptor(coro_reactor *reactor) {
  return coro_reactor_descriptor(inner_of(reactor));
}

static const coro_reactor_ops reactor_ops = {
    .version = CORO_CAPABILITY_VERSION,
    .name = "faulty",
    .wait = wait,
    .cancel = cancel,
    .gather = gather,
    .deliver = deliver,
    .notify = notify,
    .close = close_inner,
    .descriptor = descriptor,
};

void coro_faulty_reactor_init(coro_faulty_reactor *faulty, coro_reactor *inner,
                              uint64_t at, bool on, int error) {
  *faulty = (coro_faulty_reactor){.reactor = {&reactor_ops},
                                  .inner = inner,
                                  .faults = {at, 0, on},
                                  .error = error};
}

/* Operations --------------------------------------------------------------- */

static int submit(coro_completion *completion, coro_operation *operation) {
  coro_faulty_completion *self = (coro_faulty_completion *)completion;
  if (fails(&self->faults))
    return self->error;
  return self->inner->ops->submit(self->inner, operation);
}

static int take_back(coro_completion *completion, coro_operation *operation) {
  coro_faulty_completion *self = (coro_faulty_completion *)completion;
  return self->inner->ops->cancel(self->inner, operation);
}

static const coro_completion_ops completion_ops = {CORO_CAPABILITY_VERSION,
                                                   submit, take_back};

void coro_faulty_completion_init(coro_faulty_completion *faulty,
                                 coro_completion *inner, uint64_t at, bool on,
                                 int error) {
  *faulty = (coro_faulty_completion){.completion = {&completion_ops},
                                     .inner = inner,
                                     .faults = {at, 0, on},
                                     .error = error};
}

/* Tasks ---------------------------------------------------------------------
 */

static int spawn(coro_spawner *spawner, coro_job *job, coro_any_task task,
                 coro_on_done *on_done) {
  coro_faulty_spawner *self = (coro_faulty_spawner *)spawner;
  if (fails(&self->faults))
    return self->error;
  return self->inner->ops->spawn(self->inner, job, task, on_done);
}

static void cancel_job(coro_spawner *spawner, coro_job *job) {
  coro_faulty_spawner *self = (coro_faulty_spawner *)spawner;
  self->inner->ops->cancel(self->inner, job);
}

static int remove_job(coro_spawner *spawner, coro_job *job) {
  coro_faulty_spawner *self = (coro_faulty_spawner *)spawner;
  return coro_spawner_remove(self->inner, job);
}

static int cancel_job_now(coro_spawner *spawner, coro_job *job) {
  coro_faulty_spawner *self = (coro_faulty_spawner *)spawner;
  return coro_spawner_cancel_now(self->inner, job);
}

static const coro_spawner_ops spawner_ops = {
    CORO_CAPABILITY_VERSION, spawn, cancel_job, remove_job, cancel_job_now};

void coro_faulty_spawner_init(coro_faulty_spawner *faulty, coro_spawner *inner,
                              uint64_t at, bool on, int error) {
  *faulty = (coro_faulty_spawner){.spawner = {&spawner_ops},
                                  .inner = inner,
                                  .faults = {at, 0, on},
                                  .error = error};
}

static int send(coro_sender *sender, coro_job *job, coro_any_task task,
                coro_on_done *on_done) {
  coro_faulty_sender *self = (coro_faulty_sender *)sender;
  if (fails(&self->faults))
    return self->error;
  return self->inner->ops->send(self->inner, job, task, on_done);
}

static void cancel_sent(coro_sender *sender, coro_job *job) {
  coro_faulty_sender *self = (coro_faulty_sender *)sender;
  self->inner->ops->cancel(self->inner, job);
}

static const coro_sender_ops sender_ops = {CORO_CAPABILITY_VERSION, send,
                                           cancel_sent};

void coro_faulty_sender_init(coro_faulty_sender *faulty, coro_sender *inner,
                             uint64_t at, bool on, int error) {
  *faulty = (coro_faulty_sender){.sender = {&sender_ops},
                                 .inner = inner,
                                 .faults = {at, 0, on},
                                 .error = error};
}
