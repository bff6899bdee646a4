/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * How jobs come into a pool. A worker's own go into its ring, without a lock;
 * where that is full its older half goes to the shared list. Those of other
 * threads go to the shared list.
 */
#include "search.h"

#include "../exec/run_queue.h"

#include <coro/error.h>

_Thread_local pool_worker *coro_pool_worker_here;

int coro_pool_send(coro_pool *pool, coro_job *job, coro_any_task task,
                   coro_on_done *on_done) {
  pool_worker *worker = coro_pool_worker_here;
  bool inside = worker && worker->pool == pool;
  if (inside && worker->closed)
    return CORO_CLOSED;
  job->task = task;
  job->on_done = on_done;
  coro_woken_set_apart(&job->run);
  if (inside)
    pool_push(worker, job);
  else if (!pool_inject_push(&pool->inject, &job, 1, /*outside=*/true))
    return CORO_CLOSED;
  pool_call(pool);
  return 0;
}

void coro_pool_cancel(coro_pool *pool, coro_job *job) {
  (void)pool;
  coro_run_cancel_from_anywhere(&job->run);
}

static int send(coro_sender *self, coro_job *job, coro_any_task task,
                coro_on_done *on_done) {
  return coro_pool_send((coro_pool *)self, job, task, on_done);
}

static void cancel(coro_sender *self, coro_job *job) {
  coro_pool_cancel((coro_pool *)self, job);
}

const coro_sender_ops coro_pool_sender_ops = {CORO_CAPABILITY_VERSION, send,
                                              cancel};
