// One library function spawns tasks, waits for them, cancels them in their turn
// and at once, takes them out again, and has a scope, over each spawner: the
// generic executor's, that of a pool's thread, one of the program's own that
// can neither remove nor cancel at once, and one that refuses some in front of
// each but the pool's.
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s %rt_src -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
#include "../check.h"

#include <coro/coro.h>
#include <coro/testing.h>

/* The library --------------------------------------------------------------*/

static void count(int **ended) { ++**ended; }

static yields int work(int n, int turns, int *ended) {
  __attribute__((cleanup(count))) int *counted = ended;
  while (turns--)
    coro_yield_now();
  return n + 1;
}

static void note_end(coro_job *job, coro_status status) {
  *(coro_status *)job->user = status;
}

struct raw {
  coro_job job;
  coro_task(work) task;
  coro_status status;
};

static int begin(struct raw *raw, coro_spawner *spawner, int *ended) {
  raw->status = CORO_PENDING;
  raw->job.user = &raw->status;
  coro_start(&raw->task, work, 0, 1000, ended);
  return spawner->ops->spawn(spawner, &raw->job, coro_erase(&raw->task),
                             note_end);
}

/* By the table's own functions: ended, in its turn where that is all there is.
 */
static yields void by_table(struct raw *raw, bool takes_out) {
  int ended = 0;
  if (begin(raw, coro_self()->spawner, &ended))
    return;
  coro_yield_now();
  coro_spawner *spawner = coro_self()->spawner;
  int result = takes_out ? coro_spawner_remove(spawner, &raw->job)
                         : coro_spawner_cancel_now(spawner, &raw->job);
  if (result) {
    CHECK(result == CORO_NOT_OFFERED && !ended);
    spawner->ops->cancel(spawner, &raw->job);
    while (raw->status == CORO_PENDING)
      coro_yield_now();
  } else if (takes_out) {
    CHECK(raw->status == CORO_PENDING && !ended);
    CHECK(coro_cancel_any(coro_erase(&raw->task), coro_self()) ==
          CORO_CANCELLED);
    raw->status = CORO_CANCELLED;
  }
  CHECK(ended == 1 && raw->status == CORO_CANCELLED);
}

static yields int children(int n) {
  int ended = 0, begun = 0;
  {
    coro_scope_var(scope, CORO_SCOPE_COLLECT);
    for (int i = 0; i < n; i++)
      begun += coro_scope_spawn(&scope, work, i, i % 3, &ended) != NULL;
  }
  CHECK(ended <= begun);
  return begun;
}

/* How many tasks were taken. */
static yields int library(int n) {
  int taken = 0, ended = 0;
  for (int i = 0; i < n; i++) {
    coro_spawned *spawned = coro_spawn(work, i, i % 2 ? 2 : 1000, &ended);
    if (!spawned)
      continue;
    taken++;
    coro_yield_now();
    if (i % 2) {
      coro_wait(&spawned->future);
      CHECK(coro_spawned_result(spawned, work) == i + 1);
    } else {
      CHECK(coro_spawned_cancel(spawned) == CORO_CANCELLED);
    }
    CHECK(ended == taken);
    coro_detach(spawned);
  }
  static _Thread_local struct raw raw;
  by_table(&raw, true);
  by_table(&raw, false);
  return taken + children(n);
}

/* A spawner of the program's own: a queue ----------------------------------*/

enum { QUEUED = 1, ENDING = 2, OVER = 4 };

static struct queue {
  coro_spawner spawner;
  coro_context cx;
  coro_job *jobs[64];
  size_t begin, end;
} queue;

/* A job's word `woken` is ours, while we have it. */
static void make_ready(void *data) {
  coro_job *job = data;
  if (job->run.woken & (QUEUED | OVER))
    return;
  job->run.woken |= QUEUED;
  queue.jobs[queue.end++ % 64] = job;
}

static int queue_spawn(coro_spawner *self, coro_job *job, coro_any_task task,
                       coro_on_done *on_done) {
  (void)self;
  if (queue.end - queue.begin == 64)
    return CORO_BUSY;
  job->task = task;
  job->on_done = on_done;
  job->run.woken = 0;
  make_ready(job);
  return 0;
}

static void queue_cancel(coro_spawner *self, coro_job *job) {
  (void)self;
  job->run.woken |= ENDING;
  make_ready(job);
}

static void queue_run(void) {
  static const coro_waker_ops waker = {make_ready, make_ready, NULL};
  while (queue.begin != queue.end) {
    coro_job *job = queue.jobs[queue.begin++ % 64];
    job->run.woken &= ~(uintptr_t)QUEUED;
    queue.cx.waker = (coro_waker){&waker, job};
    coro_status status = job->run.woken & ENDING
                             ? coro_cancel_any(job->task, &queue.cx)
                             : coro_poll_any(job->task, &queue.cx);
    if (status == CORO_PENDING)
      continue;
    job->run.woken |= OVER;
    if (job->on_done)
      job->on_done(job, status);
  }
}

static int over_queue(coro_faulty_spawner *faulty) {
  static const coro_spawner_ops ops = {.version = CORO_CAPABILITY_VERSION,
                                       .spawn = queue_spawn,
                                       .cancel = queue_cancel};
  queue = (struct queue){.spawner = {&ops}, .cx = CORO_CONTEXT_INIT};
  queue.cx.allocator = &coro_allocator_default;
  queue.cx.spawner = faulty ? &faulty->spawner : &queue.spawner;
  if (faulty)
    faulty->inner = &queue.spawner;
  coro_task(library) task;
  coro_job job;
  coro_start(&task, library, 10);
  CHECK(!queue_spawn(&queue.spawner, &job, coro_erase(&task), NULL));
  queue_run();
  return task.result;
}

static int over_executor(coro_faulty_spawner *faulty) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  if (faulty) {
    faulty->inner = coro_executor_context(&executor)->spawner;
    coro_executor_context(&executor)->spawner = &faulty->spawner;
  }
  coro_task(library) task;
  coro_job job;
  coro_start(&task, library, 10);
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  return task.result;
}

static int over_pool(void) {
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  CHECK(pool);
  coro_task(library) task;
  coro_start(&task, library, 10);
  CHECK(coro_pool_run(pool, coro_erase(&task)) == CORO_DONE);
  coro_pool_close(pool);
  return task.result;
}

/* Each place where it may be refused. */
static void refused(int over(coro_faulty_spawner *faulty)) {
  for (uint64_t at = 1; at <= 22; at++) {
    coro_faulty_spawner faulty;
    coro_faulty_spawner_init(&faulty, NULL, at, false, CORO_BUSY);
    int expected = at == 11 || at == 12 ? 20 : 19; /* those by the table */
    CHECK(over(&faulty) == expected && faulty.faults.seen == 22);
  }
}

int main(void) {
  CHECK(over_executor(NULL) == 20);
  CHECK(over_queue(NULL) == 20);
  CHECK(over_pool() == 20);
  refused(over_executor);
  refused(over_queue);
}
