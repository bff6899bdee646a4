// Random waits for a condition, and locks of its mutex, against two plain lines
// of tasks: polled when they are woken and when they are not, without fuel at
// times, notified one by one and all at once, and cancelled in each stage.
// Whoever is done holds the mutex, nobody else does, also where it was
// cancelled; a notification that is not acted upon goes to the next.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %clang %cflags -O2 %s %rt -o %t.fast && %t.fast
#include "../check.h"

#include <coro/sync.h>

enum { TASKS = 8, STEPS = 3000, SEEDS = 60 };

/*
 * LOCKS: its op is one of the mutex. BEGINS: it holds the mutex, and is to wait.
 * SLEEPS: is in line for the condition; CALLED: was notified, and does not know.
 * RELOCKS, RETURNS: is in line for the mutex, the latter one cancelled.
 */
enum stage { IDLE, LOCKS, HOLDS, BEGINS, SLEEPS, CALLED, RELOCKS, RETURNS };

static struct task {
  coro_mutex_lock_op lock;
  coro_condition_wait_op wait;
  enum stage stage;
  bool woken, given; /* the model gave it the mutex: it does not know yet */
  bool tired;
} tasks[TASKS];

struct line {
  struct task *tasks[TASKS];
  size_t count;
};
static struct line lockers, sleepers; /* the model, with: */
static struct task *holder;

static coro_mutex mutex;
static coro_condition condition;
static uint64_t seed;
static uint32_t below(uint32_t n) { return next_random(&seed) % n; }

static void join(struct line *line, struct task *task) {
  line->tasks[line->count++] = task;
}
static void leave(struct line *line, struct task *task) {
  size_t i = 0;
  while (line->tasks[i] != task)
    i++;
  line->count--;
  memmove(line->tasks + i, line->tasks + i + 1,
          (line->count - i) * sizeof(task));
}

static void model_unlock(void) {
  holder = lockers.count ? lockers.tasks[0] : NULL;
  if (!holder)
    return;
  leave(&lockers, holder);
  holder->given = true;
}
/* True if it has it; or it is in line. */
static bool model_lock(struct task *task) {
  if (holder)
    join(&lockers, task);
  else
    holder = task;
  return holder == task;
}
static void model_notify(void) {
  if (!sleepers.count)
    return;
  struct task *first = sleepers.tasks[0];
  leave(&sleepers, first);
  first->stage = CALLED;
}

static void wake(void *data) { ((struct task *)data)->woken = true; }
static const coro_waker_ops waker_ops = {.wake = wake};

/* One that finds no fuel gives way once, and has begun nothing. */
static coro_context context_of(struct task *task, bool may_be_tired) {
  coro_context cx = CORO_CONTEXT_INIT;
  cx.waker = (coro_waker){&waker_ops, task};
  if (may_be_tired && !below(3))
    cx.fuel = 0;
  task->woken = false;
  return cx;
}

static void gave_way(struct task *task) {
  task->tired = true;
  CHECK(task->woken);
}

/* Whether the op that just begins to lock is done. */
static void locks_now(struct task *task, enum stage waits, bool over,
                      bool no_fuel) {
  task->stage = waits;
  if (no_fuel) {
    CHECK(!over);
    gave_way(task);
    return;
  }
  task->tired = false;
  CHECK(over == model_lock(task));
  if (over)
    task->stage = HOLDS;
}

static void poll(struct task *task) {
  bool sleeps = task->stage >= BEGINS;
  coro_context cx = context_of(task, !task->tired && !task->given);
  coro_future *future = sleeps ? &task->wait.future : &task->lock.waiter.future;
  bool over = task->stage == RETURNS
                  ? coro_future_cancel(future, &cx) == CORO_CANCELLED
                  : future->poll(future, &cx) == CORO_DONE;
  if (task->stage == BEGINS) {
    CHECK(!over);
    join(&sleepers, task);
    task->stage = SLEEPS;
    model_unlock();
  } else if (task->stage == SLEEPS) {
    CHECK(!over && !task->woken);
  } else if (task->stage == CALLED) {
    locks_now(task, RELOCKS, over, !cx.fuel);
  } else if (task->tired) {
    locks_now(task, task->stage, over, false);
  } else {
    CHECK(over == task->given);
    if (over)
      task->stage = HOLDS;
    task->given = false;
  }
}

/* It has to lock the mutex all the same. */
static void cancel_wait(struct task *task) {
  coro_context cx = context_of(task, task->stage != RELOCKS);
  coro_status status = coro_future_cancel(&task->wait.future, &cx);
  if (task->stage == BEGINS) {
    CHECK(status == CORO_DONE);
    task->stage = HOLDS;
    return;
  }
  enum stage was = task->stage;
  bool over = status == CORO_CANCELLED;
  CHECK(over || status == CORO_PENDING);
  task->stage = RETURNS;
  if (was == SLEEPS)
    leave(&sleepers, task);
  else
    model_notify();
  if (was != RELOCKS || task->tired) {
    locks_now(task, RETURNS, over, !cx.fuel);
  } else {
    CHECK(over == task->given);
    if (over)
      task->stage = HOLDS;
    task->given = false;
  }
}

static void cancel_lock(struct task *task) {
  coro_context cx = context_of(task, false);
  coro_status status = coro_future_cancel(&task->lock.waiter.future, &cx);
  CHECK(status == (task->tired ? CORO_DONE : CORO_CANCELLED));
  if (task->given)
    model_unlock();
  else if (!task->tired)
    leave(&lockers, task);
  task->tired = task->given = false;
  task->stage = IDLE;
}

static void begin_lock(struct task *task) {
  coro_mutex_lock_op_init(&task->lock, &mutex);
  coro_context cx = context_of(task, true);
  coro_future *future = &task->lock.waiter.future;
  bool over = future->poll(future, &cx) == CORO_DONE;
  locks_now(task, LOCKS, over, !cx.fuel);
}

static void goes_on(struct task *task) {
  if (below(2)) {
    coro_mutex_unlock(&mutex);
    model_unlock();
    task->stage = IDLE;
  } else {
    coro_condition_wait_op_init(&task->wait, &condition, &mutex);
    task->stage = BEGINS;
  }
}

static void notify(void) {
  if (below(4)) {
    coro_condition_notify(&condition);
    model_notify();
  } else {
    coro_condition_notify_all(&condition);
    while (sleepers.count)
      model_notify();
  }
}

static void check_all(void) {
  for (size_t i = 0; i < TASKS; i++) {
    struct task *task = &tasks[i];
    bool waits = task->stage == LOCKS || task->stage >= SLEEPS;
    bool goes = task->stage == CALLED || task->given || task->tired;
    if (waits)
      CHECK(task->woken == goes);
  }
}

static void step(struct task *task, bool more) {
  if (task->stage == IDLE && more)
    begin_lock(task);
  else if (task->stage == HOLDS)
    goes_on(task);
  else if (task->stage == LOCKS && !below(4))
    cancel_lock(task);
  else if (task->stage >= BEGINS && task->stage < RETURNS && !below(4))
    cancel_wait(task);
  else if (task->stage != IDLE)
    poll(task);
  check_all();
}

static bool all_idle(void) {
  for (size_t i = 0; i < TASKS; i++)
    if (tasks[i].stage != IDLE)
      return false;
  return true;
}

int main(void) {
  for (uint64_t i = 1; i <= SEEDS; i++) {
    seed = i * 77;
    mutex = (coro_mutex)CORO_MUTEX_INIT;
    condition = (coro_condition)CORO_CONDITION_INIT;
    for (int n = 0; n < STEPS || !all_idle(); n++) {
      if (!below(6))
        notify();
      step(&tasks[below(TASKS)], n < STEPS);
      CHECK(n < 20 * STEPS); /* nobody is left waiting */
    }
    CHECK(!holder && coro_mutex_try_lock(&mutex) && !condition.queue.first);
  }
}
