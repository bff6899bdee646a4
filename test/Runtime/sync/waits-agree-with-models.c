// Random waits for an event, a barrier, a once and a broadcast, against a plain
// model of each: polled when they are woken and when they are not, with another
// waker each time, without fuel at first, and cancelled before they waited,
// while they waited and when they had what they waited for. After each step
// those are woken, by their last waker, whom the model lets go, and nobody
// else.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %clang %cflags -O2 %s %rt -o %t.fast && %t.fast
#include "../check.h"

#include <coro/broadcast.h>
#include <coro/sync.h>

enum { TASKS = 9, STEPS = 2500, SEEDS = 50, N = 4, SLOTS = 3 };

static enum kind { EVENT, BARRIER, ONCE, BROADCAST, KINDS } kind;

/* IDLE: has no op; NEW: has not been polled; WAITS: is in line. */
enum stage { IDLE, NEW, WAITS, GRANTED };

static struct task {
  union {
    coro_waiter waiter;
    coro_event_wait_op event;
    coro_barrier_wait_op barrier;
    coro_once_op once;
    coro_broadcast_op broadcast;
  } op;
  coro_subscription subscription;
  int got;
  enum stage stage;
  bool tired, woken;
  char wakers[2], *last; /* which it was polled with */
  int32_t result;        /* of the model, once granted */
  uint64_t next;         /* of the model: what it receives next */
} tasks[TASKS], *line[TASKS];
static size_t in_line;

static uint64_t seed;
static uint32_t below(uint32_t n) { return next_random(&seed) % n; }

/* The four, one at a time, and what the model knows of them. */
static coro_event event_;
static coro_barrier barrier;
static coro_once once;
static coro_broadcast broadcast;
static int buffer[SLOTS];
static bool set, done, closed;
static struct task *runs; /* whose the once is */
static uint64_t sent;     /* the n-th value is n */

static void grant(struct task *task, int32_t result) {
  task->stage = GRANTED;
  task->result = result;
}
static void grant_all(int32_t result) {
  while (in_line)
    grant(line[--in_line], result);
}
static void leave(struct task *task) {
  size_t i = 0;
  while (line[i] != task)
    i++;
  memmove(line + i, line + i + 1, (--in_line - i) * sizeof(*line));
}

/* The once is nobody's: the next one's who waits. */
static void pass_on(void) {
  runs = in_line ? line[0] : NULL;
  if (!runs)
    return;
  leave(runs);
  grant(runs, CORO_ONCE_YOURS);
}

/* Takes effect now, if it can: what it comes to. */
static bool model_take(struct task *task) {
  switch (kind) {
  case EVENT:
    task->result = 0;
    return set;
  case BARRIER:
    task->result = in_line + 1 == N;
    if (task->result)
      grant_all(0);
    return task->result;
  case ONCE:
    task->result = done ? CORO_ONCE_DONE : CORO_ONCE_YOURS;
    if (!done && runs)
      return false;
    if (!done)
      runs = task;
    return true;
  default:
    task->result = CORO_CLOSED;
    if (task->next == sent)
      return closed;
    uint64_t behind = sent - task->next;
    task->result = behind > SLOTS ? (int32_t)(behind - SLOTS) : 0;
    task->next += (uint64_t)task->result + 1;
    return true;
  }
}

static void setup(bool shared) {
  set = done = closed = false;
  runs = NULL;
  sent = 0;
  event_ = (coro_event)CORO_EVENT_INIT;
  barrier = (coro_barrier)CORO_BARRIER_INIT(N);
  once = (coro_once)CORO_ONCE_INIT;
  event_.queue.shared = barrier.queue.shared = once.queue.shared = shared;
  (shared ? coro_broadcast_init_shared
          : coro_broadcast_init)(&broadcast, buffer, SLOTS, sizeof(int));
  for (size_t i = 0; i < TASKS; i++) {
    tasks[i] = (struct task){.stage = IDLE};
    coro_subscribe(&tasks[i].subscription, &broadcast);
  }
}

static void begin(struct task *task) {
  task->stage = NEW;
  task->tired = task->woken = false;
  if (kind == EVENT)
    coro_event_wait_op_init(&task->op.event, &event_);
  else if (kind == BARRIER)
    coro_barrier_wait_op_init(&task->op.barrier, &barrier);
  else if (kind == ONCE)
    coro_once_op_init(&task->op.once, &once);
  else
    coro_broadcast_op_init(&task->op.broadcast, &task->subscription,
                           &task->got);
}

static struct task *polled; /* those wake themselves at most */
static void wake(void *data) {
  char *waker = data;
  struct task *task = tasks;
  while (waker != &task->wakers[0] && waker != &task->wakers[1])
    task++;
  CHECK(waker == task->last && !task->woken && task->stage != IDLE);
  CHECK(task != polled || task->stage == NEW);
  task->woken = true;
}
static const coro_waker_ops waker_ops = {.wake = wake};

static coro_context context_of(struct task *task) {
  coro_context cx = CORO_CONTEXT_INIT;
  task->last = &task->wakers[below(2)];
  cx.waker = (coro_waker){&waker_ops, task->last};
  return cx;
}

static void check_result(struct task *task) {
  task->stage = IDLE;
  CHECK(kind == EVENT || task->op.waiter.result == task->result);
  if (kind == BROADCAST && task->result >= 0)
    CHECK((uint64_t)task->got == task->next - 1);
  CHECK(task->subscription.next == task->next);
}

/* A broadcast lets go whom it wakes, who then looks by itself. */
static bool model_poll(struct task *task) {
  if (task->stage == GRANTED && kind != BROADCAST)
    return true;
  if (task->stage == WAITS)
    return false;
  if (model_take(task))
    return true;
  task->stage = WAITS;
  line[in_line++] = task;
  return false;
}

static void poll(struct task *task) {
  coro_context cx = context_of(task);
  coro_future *future = &task->op.waiter.future;
  polled = task;
  task->woken = false;
  if (task->stage == NEW && !task->tired && !below(3)) {
    cx.fuel = 0;
    task->tired = true;
    CHECK(future->poll(future, &cx) == CORO_PENDING && task->woken);
  } else {
    bool over = future->poll(future, &cx) != CORO_PENDING;
    polled = NULL; /* the model of those it lets go */
    CHECK(over == model_poll(task));
    if (over)
      check_result(task);
  }
  polled = NULL;
}

static void cancel(struct task *task) {
  coro_context cx = context_of(task);
  coro_future *future = &task->op.waiter.future;
  bool began = task->stage != NEW;
  CHECK(coro_future_cancel(future, &cx) ==
        (began ? CORO_CANCELLED : CORO_DONE));
  CHECK(!began || coro_future_cancel(future, &cx) == CORO_DONE);
  if (task->stage == WAITS)
    leave(task);
  else if (task->stage == GRANTED && task == runs)
    pass_on();
  task->stage = IDLE;
}

/* What the primitive does, or a try form. */
static void act(void) {
  if (kind == EVENT) {
    set = below(2);
    (set ? coro_event_set : coro_event_reset)(&event_);
    if (set)
      grant_all(0);
    CHECK(coro_event_is_set(&event_) == set);
  } else if (kind == BARRIER) {
    bool last = in_line + 1 == N;
    CHECK(coro_barrier_try_wait(&barrier) == last);
    if (last)
      grant_all(0);
  } else if (kind == ONCE && runs && runs->stage == IDLE) {
    bool ends = !below(20);
    coro_once_end(&once, ends);
    runs = NULL;
    done = ends;
    if (ends)
      grant_all(CORO_ONCE_DONE);
    else
      pass_on();
  } else if (kind == ONCE && (runs || done)) {
    CHECK(coro_once_try_begin(&once) == (done ? CORO_ONCE_DONE : CORO_BUSY));
  } else if (kind == BROADCAST) {
    closed = closed || !below(100);
    int value = (int)sent;
    if (closed)
      coro_broadcast_close(&broadcast);
    CHECK(coro_broadcast_send(&broadcast, &value) ==
          (closed ? CORO_CLOSED : 0));
    sent += !closed;
    grant_all(CORO_BUSY);
  }
}

static void step(void) {
  struct task *task = &tasks[below(TASKS)];
  /* So seldom that receivers catch up. */
  if (!below(kind == BROADCAST ? 30 : 4))
    act();
  else if (task->stage == IDLE && task != runs)
    begin(task);
  else if (task->stage != IDLE && below(4))
    poll(task);
  else if (task->stage != IDLE)
    cancel(task);
  for (size_t i = 0; i < TASKS; i++)
    if (tasks[i].stage >= WAITS)
      CHECK(tasks[i].woken == (tasks[i].stage == GRANTED));
}

static void run(bool shared) {
  setup(shared);
  for (int i = 0; i < STEPS; i++)
    step();
  for (size_t i = 0; i < TASKS; i++)
    if (tasks[i].stage != IDLE)
      cancel(&tasks[i]);
  CHECK(!in_line && !event_.queue.first && !barrier.queue.first);
  CHECK(!barrier.waiting && !once.queue.first && !broadcast.queue.first);
}

int main(void) {
  for (uint64_t i = 1; i <= SEEDS; i++)
    for (kind = EVENT; kind < KINDS; kind++)
      for (int shared = 0; shared < 2; shared++) {
        seed = i * 77;
        run(shared);
      }
}
