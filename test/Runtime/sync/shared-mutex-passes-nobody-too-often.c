// A shared mutex lets newcomers in before those who wait, but each waiter is
// passed CORO_MUTEX_MOST_PASSES times at most, and not at all once it has run
// and found the mutex locked. It is given to those who wait in their order,
// never to one that was cancelled, and nobody is forgotten: exactly, and for
// random operations with a bound of 3.
// RUN: %clang %cflags -O2 %s %rt -o %t.real && %t.real
// RUN: %clang %cflags -O1 -DMOST_PASSES=3 -I%root/runtime -fsanitize=address,undefined %s %rt_src -o %t && %t
#include "../check.h"

#ifdef MOST_PASSES /* a second one, of other names */
#define coro_mutex_lock_op_init model_lock_op_init
#define coro_mutex_unlock_awaited model_unlock_awaited
#include "sync/mutex.c"
enum { PASSES = MOST_PASSES };
#else
#include <coro/mutex.h>
enum { PASSES = CORO_MUTEX_MOST_PASSES };
#endif

enum { TASKS = 8, STEPS = 4000, SEEDS = 60 };

struct task {
  coro_mutex_lock_op op;
  bool waits, holds, woken, next;
  int passed, place;
};

static coro_mutex mutex;
static struct task tasks[TASKS];
static int came; /* places given */

static void wake(void *data) { ((struct task *)data)->woken = true; }
static const coro_waker_ops waker = {.wake = wake};

static coro_context context_of(struct task *task) {
  coro_context cx = CORO_CONTEXT_INIT;
  cx.waker = (coro_waker){&waker, task};
  return cx;
}

static void begin(void) {
  mutex = (coro_mutex)CORO_MUTEX_SHARED_INIT;
  memset(tasks, 0, sizeof(tasks));
  came = 0;
}

static struct task *holder(void) {
  struct task *found = NULL;
  for (struct task *each = tasks; each < tasks + TASKS; each++)
    if (each->holds) {
      CHECK(!found);
      found = each;
    }
  return found;
}

static struct task *first(void) {
  struct task *found = NULL;
  for (struct task *each = tasks; each < tasks + TASKS; each++)
    if (each->waits && (!found || each->place < found->place))
      found = each;
  return found;
}

static bool is_granted(const struct task *task) {
  return task->waits && task->op.waiter.state == CORO_WAITER_GRANTED;
}

/* It has it: all who came before it and wait still were passed. */
static void got(struct task *task, int place) {
  CHECK(!holder());
  for (struct task *each = tasks; each < tasks + TASKS; each++) {
    if (each == task || !each->waits || each->place > place)
      continue;
    CHECK(!is_granted(each));
    CHECK(++each->passed <= PASSES && !each->next);
  }
  task->holds = true;
  task->waits = task->woken = task->next = false;
}

static bool poll(struct task *task) {
  coro_context cx = context_of(task);
  struct task *held_by = holder();
  bool was_first = task->waits && first() == task && task->woken;
  int place = task->waits ? task->place : came++;
  task->woken = false;
  coro_future *future = &task->op.waiter.future;
  if (future->poll(future, &cx) == CORO_DONE) {
    got(task, place);
    return true;
  }
  if (!task->waits)
    task->passed = 0;
  task->waits = true;
  task->place = place;
  /* It came, and it was locked. */
  if (was_first && held_by)
    task->next = true;
  return false;
}

static bool lock(struct task *task) {
  coro_mutex_lock_op_init(&task->op, &mutex);
  return poll(task);
}

static bool try(struct task *task) {
  if (!coro_mutex_try_lock(&mutex))
    return false;
  got(task, came++);
  return true;
}

/* Nobody is forgotten: it is held or had, or the first one is on its way. */
static void check_all(void) {
  struct task *next = first();
  if (!next || holder())
    return;
  for (struct task *each = tasks; each < tasks + TASKS; each++)
    CHECK(!is_granted(each) || each == next);
  CHECK(next->woken);
}

static void unlock(struct task *task) {
  struct task *next = first();
  task->holds = false;
  coro_mutex_unlock(&mutex);
  if (next && next->next)
    CHECK(is_granted(next));
  check_all();
}

static void cancel(struct task *task) {
  coro_context cx = context_of(task);
  CHECK(coro_future_cancel(&task->op.waiter.future, &cx) == CORO_CANCELLED);
  task->waits = task->woken = task->next = false;
  check_all();
}

static void exactly(void) {
  begin();
  struct task *a = &tasks[0], *b = &tasks[1], *c = &tasks[2], *d = &tasks[3];
  CHECK(lock(a) && !lock(b));
  unlock(a);
  for (int i = 0; i < PASSES; i++) {
    if (i == PASSES - 2)
      CHECK(try(a) && !lock(c));
    else
      CHECK(try(a));
    CHECK(!try(d));
    unlock(a);
  }
  CHECK(b->passed == PASSES && is_granted(b) && !try(a));
  CHECK(poll(b));
  unlock(b); /* c was passed once by now, and may be some more */
  CHECK(!is_granted(c) && c->passed == 1);
  for (int i = 1; i < PASSES; i++) {
    CHECK(i == 1 || !is_granted(c));
    if (!try(a))
      break;
    unlock(a);
  }
  CHECK(is_granted(c) && c->passed <= PASSES && poll(c));
  unlock(c);
  CHECK(!mutex.word);
}

static void who_came_is_next(void) {
  begin();
  struct task *a = &tasks[0], *b = &tasks[1], *c = &tasks[2];
  CHECK(lock(a) && !lock(b) && !lock(c));
  unlock(a);
  CHECK(b->woken && try(a) && !c->woken);
  CHECK(!poll(b)); /* came, and it is locked */
  unlock(a);
  CHECK(is_granted(b) && !try(a));
  cancel(b); /* and so it is not b's */
  CHECK(c->woken && poll(c));
  unlock(c);

  CHECK(lock(a) && !lock(b) && !lock(c));
  unlock(a);
  cancel(b); /* on its way */
  CHECK(c->woken && try(a));
  cancel(c);
  unlock(a);
  CHECK(!mutex.word);
}

static void at_random(uint64_t seed) {
  begin();
  for (int i = 0; i < STEPS; i++) {
    struct task *task = &tasks[next_random(&seed) % TASKS];
    uint64_t what = next_random(&seed);
    if (task->holds)
      unlock(task);
    else if (!task->waits)
      what % 3 ? try(task) : lock(task);
    else if (what % 8 == 0)
      cancel(task);
    else if (task->woken || what % 8 == 1)
      poll(task);
    check_all();
  }
  /* Whoever holds it unlocks it, and only who is woken is polled. */
  for (int i = 0; i < 2 * TASKS; i++) {
    if (holder())
      unlock(holder());
    for (struct task *each = tasks; each < tasks + TASKS; each++)
      if (each->woken && !holder())
        poll(each);
  }
  CHECK(!first() && !holder() && !mutex.word && !mutex.queue.first);
}

int main(void) {
  exactly();
  who_came_is_next();
  for (uint64_t seed = 1; seed <= SEEDS; seed++)
    at_random(seed);
}
