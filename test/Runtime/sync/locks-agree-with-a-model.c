// Random operations on mutexes, read-write locks and semaphores, against one
// model of all three: permits that are dealt out first in, first out. (A mutex
// has one; a writer takes all there are. Shared mutexes are dealt out
// otherwise, and have a test of their own.) What is tried, granted, cancelled,
// and cancelled after it was granted has to be the same in both after each
// step: so there is mutual exclusion and an order, nothing is lost, and nobody
// is left waiting.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %clang %cflags -O2 %s %rt -o %t.fast && %t.fast
#include "../check.h"

#include <coro/sync.h>

enum { TASKS = 12, STEPS = 3000, SEEDS = 40, ALL = 1000 };
enum stage { IDLE, WAITS, HOLDS };

struct task {
  enum stage stage;
  bool woken, granted; /* what happened, and what the model says */
  uint32_t k;          /* permits it wants or has */
  union {
    coro_waiter waiter;
    coro_mutex_lock_op mutex;
    coro_rwlock_op rwlock;
    coro_semaphore_acquire_op semaphore;
  } op;
};

static struct task tasks[TASKS];
static uint64_t seed;
static uint32_t below(uint32_t n) { return next_random(&seed) % n; }

/* The model. */
static struct task *line[TASKS];
static uint32_t in_line, permits;

static void model_deal(void) {
  while (in_line && line[0]->k <= permits) {
    permits -= line[0]->k;
    line[0]->granted = true;
    memmove(line, line + 1, --in_line * sizeof(*line));
  }
}
static bool model_take(uint32_t k) {
  if (in_line || permits < k)
    return false;
  permits -= k;
  return true;
}
static void model_leave(struct task *task) {
  uint32_t i = 0;
  while (line[i] != task)
    i++;
  memmove(line + i, line + i + 1, (--in_line - i) * sizeof(*line));
  model_deal();
}
static void model_release(uint32_t k) {
  permits += k;
  model_deal();
}

/* The three, one at a time. */
static enum kind { MUTEX, RWLOCK, SEMAPHORE } kind;
static coro_mutex mutex;
static coro_rwlock rwlock;
static coro_semaphore semaphore;

static void setup(bool shared) {
  permits = kind == MUTEX ? 1 : kind == RWLOCK ? ALL : 1 + below(8);
  mutex = (coro_mutex)CORO_MUTEX_INIT;
  rwlock = (coro_rwlock)CORO_RWLOCK_INIT;
  semaphore = (coro_semaphore)CORO_SEMAPHORE_INIT(permits);
  if (shared) {
    rwlock = (coro_rwlock)CORO_RWLOCK_SHARED_INIT;
    semaphore = (coro_semaphore)CORO_SEMAPHORE_SHARED_INIT(permits);
  }
}
static uint32_t some(uint32_t most) {
  return kind == MUTEX       ? 1
         : kind == SEMAPHORE ? below(most + 1)
         : below(3)          ? 1
                             : ALL;
}
static bool try(uint32_t k) {
  return kind == MUTEX       ? coro_mutex_try_lock(&mutex)
         : kind == SEMAPHORE ? coro_semaphore_try_acquire(&semaphore, k)
         : k == ALL          ? coro_rwlock_try_write(&rwlock)
                             : coro_rwlock_try_read(&rwlock);
}
static void begin(struct task *task) {
  if (kind == MUTEX)
    coro_mutex_lock_op_init(&task->op.mutex, &mutex);
  else if (kind == SEMAPHORE)
    coro_semaphore_acquire_op_init(&task->op.semaphore, &semaphore, task->k);
  else if (task->k == ALL)
    coro_rwlock_write_op_init(&task->op.rwlock, &rwlock);
  else
    coro_rwlock_read_op_init(&task->op.rwlock, &rwlock);
}
static void release(uint32_t k) {
  if (kind == MUTEX)
    coro_mutex_unlock(&mutex);
  else if (kind == SEMAPHORE)
    coro_semaphore_release(&semaphore, k);
  else if (k == ALL)
    coro_rwlock_end_write(&rwlock);
  else
    coro_rwlock_end_read(&rwlock);
}

static void wake(void *data) { ((struct task *)data)->woken = true; }
static const coro_waker_ops waker = {.wake = wake};

static coro_context context_of(struct task *task) {
  coro_context cx = CORO_CONTEXT_INIT;
  cx.waker = (coro_waker){&waker, task};
  return cx;
}
static bool poll(struct task *task) {
  coro_context cx = context_of(task);
  coro_future *future = &task->op.waiter.future;
  coro_status status = future->poll(future, &cx);
  CHECK(status == CORO_DONE || status == CORO_PENDING);
  return status == CORO_DONE;
}
static void cancel(struct task *task) {
  coro_context cx = context_of(task);
  CHECK(coro_future_cancel(&task->op.waiter.future, &cx) == CORO_CANCELLED);
  CHECK(coro_future_cancel(&task->op.waiter.future, &cx) == CORO_DONE);
  task->stage = IDLE;
  if (task->granted)
    model_release(task->k);
  else
    model_leave(task);
  task->granted = false;
}

static void start(struct task *task, uint32_t most) {
  task->k = some(most);
  task->woken = task->granted = false;
  bool has = model_take(task->k);
  if (!below(3)) {
    CHECK(try(task->k) == has);
    task->stage = has ? HOLDS : IDLE;
    return;
  }
  begin(task);
  CHECK(poll(task) == has);
  task->stage = has ? HOLDS : WAITS;
  if (!has)
    line[in_line++] = task;
}

static void step(struct task *task, uint32_t most) {
  if (task->stage == IDLE) {
    start(task, most);
  } else if (task->stage == HOLDS) {
    release(task->k);
    model_release(task->k);
    task->stage = IDLE;
    task->granted = false;
  } else if (!below(4)) {
    cancel(task);
  } else {
    CHECK(poll(task) == task->granted);
    task->stage = task->granted ? HOLDS : WAITS;
  }
  for (int i = 0; i < TASKS; i++)
    if (tasks[i].stage == WAITS)
      CHECK(tasks[i].woken == tasks[i].granted);
}

static void run(bool shared) {
  setup(shared);
  uint32_t most = permits;
  for (int i = 0; i < STEPS; i++)
    step(&tasks[below(TASKS)], most);
  /* Everybody goes home, and all that there was is there again. */
  for (int round = 0; round < 2 * TASKS; round++)
    for (int i = 0; i < TASKS; i++)
      if (tasks[i].stage == HOLDS || tasks[i].granted)
        step(&tasks[i], most);
  for (int i = 0; i < TASKS; i++)
    CHECK(tasks[i].stage == IDLE);
  CHECK(permits == most && !in_line);
  CHECK(!mutex.queue.first && !rwlock.queue.first && !semaphore.queue.first);
  CHECK(try(most) && !try(1));
}

int main(void) {
  for (uint64_t i = 1; i <= SEEDS; i++)
    for (kind = MUTEX; kind <= SEMAPHORE; kind++)
      for (int shared = 0; shared < 2; shared++) {
        seed = i * 77;
        if (kind != MUTEX || !shared)
          run(shared);
      }
}
