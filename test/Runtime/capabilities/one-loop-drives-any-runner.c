// One host loop, which sleeps in poll(2) beside a file of its own, drives the
// generic executor, a closed set and an executor of the program's own. Their
// tasks sleep, read a pipe, and are woken by another thread and by the host; no
// wake is lost, and the host does not spin. Where there is no descriptor, the
// runner's own sleep serves. coro_runner_run drives all of them, too.
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s %rt_src -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=thread %s %rt_src -o %t && %t
// RUN: %corocc %cflags -O2 %s -o %t && %t
#include "../check.h"

#include <coro/coro.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { WAKES = 300 };

static int slept, heard, woken;
static coro_event bell = CORO_EVENT_SHARED_INIT;

static yields void sleeper(void) {
  for (int i = 0; i < 3; i++, slept++)
    coro_sleep(CORO_MILLISECOND);
}

static yields void reader(int fd) {
  char byte;
  while (coro_read(fd, &byte, 1) == 1)
    heard++;
}

static yields void listener(void) {
  while (woken < WAKES) {
    coro_event_wait(&bell);
    coro_event_reset(&bell);
    __atomic_fetch_add(&woken, 1, __ATOMIC_RELAXED);
  }
}

CORO_EXECUTOR(set, sleeper, reader, listener);

/* Another thread: rings, and writes. */
static void *disturb(void *fd) {
  while (__atomic_load_n(&woken, __ATOMIC_RELAXED) < WAKES)
    coro_event_set(&bell);
  CHECK(write(*(int *)fd, "abc", 3) == 3);
  close(*(int *)fd);
  return NULL;
}

/* The library: how often it slept. */
static int drive(coro_runner *runner) {
  int sleeps = 0, result = 0, host = eventfd(0, 0);
  struct pollfd files[] = {{coro_runner_descriptor(runner), POLLIN, 0},
                           {host, POLLIN, 0}};
  CHECK(files[0].fd >= 0);
  while (coro_runner_tasks(runner)) {
    uint64_t until = 0;
    while ((result = coro_runner_step(runner, &until)) == 1)
      ;
    CHECK(!result);
    if (!until || !coro_runner_tasks(runner))
      continue;
    sleeps++;
    int ms =
        until == CORO_FOREVER ? 20000 : (int)(until / CORO_MILLISECOND) + 1;
    CHECK(poll(files, 2, ms) || until != CORO_FOREVER);
  }
  close(host);
  return sleeps;
}

/* The same where the runner has the thread. */
static int give_thread(coro_runner *runner) {
  CHECK(coro_runner_run(runner) == 0);
  return 0;
}

/* An executor of the program's own: three tasks at most, no files. */
struct own {
  coro_runner runner;
  coro_timers timers;
  int event;
  size_t count, done;
  struct own_task {
    struct own *own;
    coro_any_task task;
    int ready; /* atomic */
  } tasks[3];
};

static void own_wake(void *data) {
  struct own_task *task = data;
  uint64_t one = 1;
  __atomic_store_n(&task->ready, 1, __ATOMIC_RELEASE);
  CHECK(write(task->own->event, &one, sizeof(one)) == sizeof(one));
}

static int own_step(coro_runner *runner, uint64_t *until) {
  static const coro_waker_ops waker = {own_wake, NULL, NULL};
  struct own *self = (struct own *)runner;
  uint64_t notes;
  (void)!read(self->event, &notes, sizeof(notes));
  coro_timers_fire(&self->timers);
  for (size_t i = 0; i < self->count; i++) {
    struct own_task *task = &self->tasks[i];
    if (!__atomic_exchange_n(&task->ready, 0, __ATOMIC_ACQUIRE))
      continue;
    coro_context cx = CORO_CONTEXT_INIT;
    cx.waker = (coro_waker){&waker, task};
    cx.timers = &self->timers;
    self->done += coro_poll_any(task->task, &cx) != CORO_PENDING;
    return 1;
  }
  *until = coro_timers_until(&self->timers);
  return 0;
}

static int own_sleep(coro_runner *runner, uint64_t ns) {
  struct pollfd file = {((struct own *)runner)->event, POLLIN, 0};
  poll(&file, 1, ns == CORO_FOREVER ? -1 : (int)(ns / CORO_MILLISECOND) + 1);
  return 0;
}

static int own_descriptor(coro_runner *runner) {
  return ((struct own *)runner)->event;
}

static size_t own_tasks(coro_runner *runner) {
  struct own *self = (struct own *)runner;
  return self->count - self->done;
}

static void own_add(struct own *self, coro_any_task task) {
  self->tasks[self->count++] = (struct own_task){self, task, 1};
}

static pthread_t thread;
static int pipe_ends[2];

static void begin(void) {
  slept = heard = woken = 0;
  CHECK(!pipe(pipe_ends));
  CHECK(!fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK));
  CHECK(!pthread_create(&thread, NULL, disturb, &pipe_ends[1]));
}

/* A wake, a timer and a file's event are a sleep at most; the rest is slack. */
static void end(int sleeps, int bytes) {
  CHECK(!pthread_join(thread, NULL));
  close(pipe_ends[0]);
  CHECK(slept == 3 && heard == bytes && woken == WAKES);
  CHECK(sleeps <= WAKES + 50);
}

static void generic(bool files, int run(coro_runner *runner)) {
  coro_loop loop;
  CHECK(!coro_loop_init(&loop));
  if (!files)
    coro_executor_context(&loop.executor)->reactor = NULL;
  coro_task(sleeper) a;
  coro_task(listener) b;
  static coro_task(reader) c;
  coro_job jobs[3];
  begin();
  coro_start(&a, sleeper);
  coro_start(&b, listener);
  coro_start(&c, reader, pipe_ends[0]);
  coro_runner *runner = coro_executor_runner(&loop.executor);
  CHECK((coro_runner_descriptor(runner) >= 0) == files);
  CHECK(!runner->spawner->ops->spawn(runner->spawner, &jobs[0], coro_erase(&a),
                                     NULL));
  coro_loop_add(&loop, &jobs[1], coro_erase(&b), NULL);
  if (files)
    coro_loop_add(&loop, &jobs[2], coro_erase(&c), NULL);
  end(run(runner), files ? 3 : 0);
  coro_loop_fini(&loop);
}

static void closed(int run(coro_runner *runner)) {
  struct set_slot slots[3];
  struct set set;
  coro_timers timers;
  int error;
  struct coro_reactor *reactor = coro_reactor_open(&error);
  CHECK(reactor);
  coro_timers_init(&timers, NULL);
  set_init(&set, slots, 3, reactor, &timers);
  begin();
  CHECK(coro_closed_spawn(&set, sleeper) && coro_closed_spawn(&set, listener) &&
        coro_closed_spawn(&set, reader, pipe_ends[0]));
  end(run(set_runner(&set)), 3);
  set_fini(&set);
  coro_reactor_close(reactor);
}

static void of_our_own(int run(coro_runner *runner)) {
  static const coro_runner_ops ops = {CORO_CAPABILITY_VERSION, own_step,
                                      own_sleep, own_descriptor, own_tasks};
  struct own own = {.runner = {&ops, NULL}, .event = eventfd(0, EFD_NONBLOCK)};
  coro_timers_init(&own.timers, NULL);
  coro_task(sleeper) a;
  coro_task(listener) b;
  coro_start(&a, sleeper);
  coro_start(&b, listener);
  begin();
  own_add(&own, coro_erase(&a));
  own_add(&own, coro_erase(&b));
  end(run(&own.runner), 0);
  close(own.event);
}

static yields void waits(void) { coro_suspend(); }

static bool readable(coro_runner *runner) {
  struct pollfd file = {coro_runner_descriptor(runner), POLLIN, 0};
  return poll(&file, 1, 0);
}

/* Step by step: who touches an executor that rests gets it up. */
static void resting(void) {
  coro_loop loop;
  CHECK(!coro_loop_init(&loop));
  coro_runner *runner = coro_executor_runner(&loop.executor);
  coro_task(waits) tasks[3];
  coro_job jobs[3];
  uint64_t until = 0;
  for (int i = 0; i < 3; i++) {
    coro_start(&tasks[i], waits);
    coro_loop_add(&loop, &jobs[i], coro_erase(&tasks[i]), NULL);
    CHECK(coro_runner_step(runner, &until) == 1);
    CHECK(coro_runner_step(runner, &until) == 0 && until == CORO_FOREVER);
    CHECK(!readable(runner));
  }
  coro_waker wakers[3];
  for (int i = 0; i < 3; i++)
    wakers[i] = (coro_waker){loop.executor.context.waker.ops, &jobs[i]};
  coro_wake(wakers[0]);
  CHECK(readable(runner));
  CHECK(coro_runner_step(runner, &until) == 1);
  CHECK(coro_runner_tasks(runner) == 2);
  CHECK(coro_runner_step(runner, &until) == 0 && !readable(runner));
  coro_wake_local(wakers[1]); /* the owner's: it asks again by itself */
  CHECK(coro_runner_step(runner, &until) == 1);
  CHECK(coro_runner_step(runner, &until) == 0);
  coro_wake(wakers[2]); /* what rests may end; its notification is counted */
  coro_loop_fini(&loop);
}

int main(void) {
  resting();
  generic(true, drive);
  closed(drive);
  of_our_own(drive);
  generic(true, give_thread);
  generic(false, give_thread);
  closed(give_thread);
  of_our_own(give_thread);
}
