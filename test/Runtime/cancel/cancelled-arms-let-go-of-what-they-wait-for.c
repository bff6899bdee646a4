// By a scripted clock: time-outs and races over sleeps and reads, both ways; a
// join of which one arm raises while the others wait; a cleanup that itself
// sleeps; futures by hand, with and without `cancel`; arms that wait for
// others; boxes. Each time, what was cancelled is at once in no queue any more,
// and what comes later is for others.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fplugin-arg-coro-spill-all %s -o %t && %t
// RUN: %corocc %cflags -Os -fplugin-arg-coro-poison-dead %s -o %t && %t
// RUN: %corocc %cflags -O1 -fplugin-arg-coro-no-fuse -fsanitize=address,undefined %s -o %t && %t
#define _GNU_SOURCE
#include "../check.h"

#include <coro/testing.h>

#include <coro/coro.h>
#include <fcntl.h>
#include <unistd.h>

static coro_fake fake;
static int ends[2];
static uint64_t start;

static uint64_t passed(void) { return fake.now - start; }
static bool nobody_waits(void) { return !fake.waits && !fake.timers.first; }

/* The script makes the pipe readable at 11, 111, 211... of each part. */
enum { PART = 1000, PERIOD = 100, COMES = 11 };

coro_allow("coro-blocking-call") /* the pipe has room */
    static void send_byte(void) {
  CHECK(write(ends[1], "x", 1) == 1);
}
static yields void send_later(uint64_t ns) {
  coro_sleep(ns);
  send_byte();
}
static yields ssize_t receive(void) {
  char byte;
  return coro_read(ends[0], &byte, 1);
}
static yields int sleep_for(uint64_t ns) {
  coro_sleep(ns);
  return 7;
}

static yields void receive_the_rest(void) {
  coro_task(receive) rest;
  coro_start(&rest, receive);
  CHECK(coro_timeout(PERIOD, &rest) && rest.result == 1);
  CHECK(nobody_waits());
}

static yields void time_out_over_a_read(void) {
  coro_task(receive) read;
  coro_start(&read, receive);
  CHECK(!coro_timeout(5, &read));
  CHECK(passed() == 5 && nobody_waits());
  /* Not in time; nothing is lost. */
  send_later(1);
  CHECK(nobody_waits());
  receive_the_rest();
  CHECK(passed() <= COMES);
}

static yields void read_in_time(void) {
  coro_task(receive) read;
  coro_task(send_later) sender;
  coro_start(&read, receive);
  coro_start(&sender, send_later, COMES - 1);
  coro_task(sleep_for) longer;
  coro_start(&longer, sleep_for, 90);
  CHECK(coro_any(&sender, &read) == 0);
  CHECK(passed() == COMES - 1);
  CHECK(coro_timeout(50, &read) && read.result == 1);
  CHECK(passed() == COMES && nobody_waits());
  CHECK(!coro_timeout(5, &longer) && nobody_waits());
  CHECK(passed() == COMES + 5);
}

static yields void time_out_over_a_sleep(void) {
  coro_task(sleep_for) task;
  coro_start(&task, sleep_for, 10);
  CHECK(!coro_timeout(5, &task));
  CHECK(passed() == 5 && nobody_waits());
  coro_start(&task, sleep_for, 10);
  CHECK(coro_timeout(20, &task) && task.result == 7);
  CHECK(passed() == 15 && nobody_waits());
  coro_start(&task, sleep_for, 10);
  CHECK(!coro_timeout(0, &task));
  CHECK(passed() == 15 && nobody_waits());
}

static yields void race_won_by_the_sleep(void) {
  coro_task(sleep_for) nap;
  coro_task(receive) read;
  coro_start(&nap, sleep_for, 5);
  coro_start(&read, receive);
  CHECK(coro_race(&read, &nap) == 1 && nap.result == 7);
  CHECK(passed() == 5 && nobody_waits());
  send_byte();
  coro_sleep(COMES);
  CHECK(nobody_waits());
  receive_the_rest();
}

static yields ssize_t receive_after(uint64_t ns) {
  send_later(ns);
  coro_task(receive) read;
  coro_start(&read, receive);
  return coro_wait(&read) == CORO_DONE ? read.result : -1;
}
static yields void race_won_by_the_read(void) {
  coro_task(sleep_for) nap;
  coro_task(receive_after) read;
  coro_start(&nap, sleep_for, 50);
  coro_start(&read, receive_after, COMES - 1);
  CHECK(coro_race(&nap, &read) == 1 && read.result == 1);
  CHECK(passed() <= COMES && nobody_waits());
}

static raises(int) yields void fail_after(uint64_t ns) {
  coro_sleep(ns);
  coro_raise(3);
}
static raises(int) yields void join_all(void) {
  coro_task(sleep_for) nap;
  coro_task(fail_after) failing;
  coro_task(receive) read;
  coro_start(&nap, sleep_for, 50);
  coro_start(&failing, fail_after, 5);
  coro_start(&read, receive);
  coro_join(&nap, &failing, &read);
  CHECK(false);
}
static yields void an_arm_of_a_join_raises(void) {
  int error = 0;
  coro_try { join_all(); }
  coro_catch(int, e) { error = e; }
  CHECK(error == 3 && passed() == 5 && nobody_waits());
}

static int cleaned;
static yields void clean_slowly(int *ns) {
  CHECK(coro_cancelled());
  CHECK(coro_sleep((uint64_t)*ns) == 0);
  cleaned++;
}
static yields void with_cleanup(int outer, int inner) {
  __attribute__((cleanup(clean_slowly))) int first = outer;
  __attribute__((cleanup(clean_slowly))) int second = inner;
  receive();
  CHECK(false);
}
static yields void cleanups_that_sleep(void) {
  coro_task(with_cleanup) task;
  coro_start(&task, with_cleanup, 20, 7);
  CHECK(!coro_timeout(5, &task));
  CHECK(cleaned == 2 && passed() == 32 && nobody_waits());

  coro_task(with_cleanup) other;
  coro_task(sleep_for) nap;
  coro_start(&task, with_cleanup, 4, 6);
  coro_start(&other, with_cleanup, 20, 1);
  coro_start(&nap, sleep_for, 3);
  CHECK(coro_race(&task, &nap, &other) == 1);
  CHECK(cleaned == 6 && passed() == 32 + 3 + 21 && nobody_waits());

  coro_start(&task, with_cleanup, 1, 1);
  coro_start(&nap, sleep_for, 3);
  CHECK(coro_any(&task, &nap) == 1);
  CHECK(coro_cancel(&task) == CORO_CANCELLED);
  CHECK(cleaned == 8 && passed() == 61 && nobody_waits());
}

struct event {
  coro_future future;
  coro_waker *waiter; /* whoever fires the event calls it */
  coro_waker waker;
  coro_timer timer; /* for cancelling that takes long */
  int cancels;
};
static coro_status poll_event(coro_future *self, coro_context *cx) {
  struct event *event = (struct event *)self;
  event->waker = cx->waker;
  event->waiter = &event->waker;
  return CORO_PENDING;
}
static coro_status cancel_event(coro_future *self, coro_context *cx) {
  struct event *event = (struct event *)self;
  CHECK(cx->cancelling);
  event->cancels++;
  event->waiter = NULL;
  return CORO_CANCELLED;
}
/* 10 ns go by first. */
static coro_status cancel_slowly(coro_future *self, coro_context *cx) {
  struct event *event = (struct event *)self;
  if (event->waiter) {
    event->waiter = NULL;
    coro_timers_set(cx->timers, &event->timer, fake.now + 10, cx->waker);
  }
  if (coro_timer_is_set(&event->timer)) {
    event->timer.waker = cx->waker;
    return CORO_PENDING;
  }
  event->cancels++;
  return CORO_CANCELLED;
}

static yields void wait_for_event(struct event *event) {
  coro_wait(event);
  CHECK(false);
}
static yields void wait_for_either(struct event *a, struct event *b) {
  coro_any(a, b);
  CHECK(false);
}
static yields void cancel_waiting(struct event *event) {
  coro_task(wait_for_event) task;
  coro_start(&task, wait_for_event, event);
  CHECK(!coro_timeout(5, &task));
  CHECK(nobody_waits());
}
static yields void futures_by_hand(void) {
  struct event with = {.future = {poll_event, cancel_event}};
  struct event slow = {.future = {poll_event, cancel_slowly}};
  struct event without = {.future = {poll_event, NULL}};
  cancel_waiting(&with);
  CHECK(with.cancels && !with.waiter && passed() == 5);
  cancel_waiting(&slow);
  CHECK(slow.cancels && !slow.waiter && passed() == 20);
  cancel_waiting(&without);
  CHECK(without.waiter && passed() == 25);
  with.cancels = 0;
  CHECK(!coro_timeout(5, &with) && with.cancels && passed() == 30);

  with.cancels = slow.cancels = 0;
  coro_task(wait_for_either) either;
  coro_start(&either, wait_for_either, &slow, &with);
  CHECK(!coro_timeout(5, &either) && passed() == 45);
  CHECK(with.cancels && !with.waiter && slow.cancels && !slow.waiter);
}

/* Tasks that wait for others when they are cancelled. */
static yields bool limited(void) {
  coro_task(sleep_for) nap;
  coro_start(&nap, sleep_for, 60);
  return coro_timeout(50, &nap);
}
static yields int both(void) {
  coro_task(sleep_for) nap;
  coro_task(receive) read;
  coro_start(&nap, sleep_for, 60);
  coro_start(&read, receive);
  coro_join(&nap, &read);
  return 1;
}
static yields int either(void) {
  coro_task(limited) first;
  coro_task(both) second;
  coro_start(&first, limited);
  coro_start(&second, both);
  return coro_race(&first, &second);
}
static yields void arms_with_arms(void) {
  coro_task(limited) a;
  coro_task(both) b;
  coro_task(either) c;
  coro_start(&a, limited);
  coro_start(&b, both);
  coro_start(&c, either);
  CHECK(!coro_timeout(5, &a) && passed() == 5 && nobody_waits());
  CHECK(!coro_timeout(1, &b) && passed() == 6 && nobody_waits());
  CHECK(!coro_timeout(1, &c) && passed() == 7 && nobody_waits());
  coro_start(&a, limited);
  coro_start(&b, both);
  coro_start(&c, either);
  coro_task(sleep_for) nap;
  coro_start(&nap, sleep_for, 2);
  CHECK(coro_race(&a, &b, &c, &nap) == 3);
  CHECK(passed() == 9 && nobody_waits());
}

/* Frames of boxes are given back as well. */
static int held;
static void *allocate(coro_allocator *self, size_t size, size_t align) {
  (void)self;
  held++;
  return coro_allocator_default.ops->allocate(&coro_allocator_default, size,
                                              align);
}
static void release(coro_allocator *self, void *memory, size_t size,
                    size_t align) {
  (void)self;
  held--;
  memset(memory, 0xA5, size);
  coro_allocator_default.ops->release(&coro_allocator_default, memory, size,
                                      align);
}
static coro_allocator counting = {
    &(const coro_allocator_ops){CORO_CAPABILITY_VERSION, allocate, release}};

static coro_boxed yields int deep(int depth) {
  int below = 0;
  if (depth == 0) {
    CHECK(held == 10);
    return coro_sleep(60);
  }
  return coro_try_box(&below, deep, depth - 1) ? below : -1;
}
static yields void sleep_in_a_box(void) {
  coro_task(deep) task;
  coro_start(&task, deep, 10);
  CHECK(!coro_timeout(5, &task));
  CHECK(passed() == 5 && nobody_waits() && held == 0);
  coro_start(&task, deep, 10);
  CHECK(coro_timeout(60, &task) && task.result == 0);
  CHECK(passed() == 65 && nobody_waits() && held == 0);
}

static yields void each_in_its_part(void) {
#define IN_ITS_PART(f)                                                         \
  do {                                                                         \
    start = fake.now;                                                          \
    f();                                                                       \
    CHECK(nobody_waits() && passed() < PART);                                  \
    coro_sleep(PART - passed());                                               \
    event(#f);                                                                 \
  } while (0)
  IN_ITS_PART(time_out_over_a_read);
  IN_ITS_PART(read_in_time);
  IN_ITS_PART(time_out_over_a_sleep);
  IN_ITS_PART(race_won_by_the_sleep);
  IN_ITS_PART(race_won_by_the_read);
  IN_ITS_PART(an_arm_of_a_join_raises);
  IN_ITS_PART(cleanups_that_sleep);
  IN_ITS_PART(futures_by_hand);
  IN_ITS_PART(arms_with_arms);
  IN_ITS_PART(sleep_in_a_box);
}

int main(void) {
  CHECK(!pipe2(ends, O_NONBLOCK) && ends[0] < CORO_FAKE_FILES);
  static coro_fake_event script[PART * 10 / PERIOD];
  for (int i = 0; i < PART * 10 / PERIOD; i++)
    script[i] =
        (coro_fake_event){(uint64_t)i * PERIOD + COMES, ends[0], CORO_READABLE};
  coro_fake_init(&fake, script, PART * 10 / PERIOD);
  coro_executor executor;
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
  coro_executor_set_allocator(&executor, &counting);
  coro_job job;
  coro_task(each_in_its_part) task;
  coro_start(&task, each_in_its_part);
  coro_executor_add(&executor, &job, coro_erase(&task), NULL);
  CHECK(coro_executor_run(&executor) == CORO_RUN_FINISHED);
  coro_executor_fini(&executor);
  check_text(events, "time_out_over_a_read read_in_time time_out_over_a_sleep "
                     "race_won_by_the_sleep race_won_by_the_read "
                     "an_arm_of_a_join_raises cleanups_that_sleep "
                     "futures_by_hand arms_with_arms sleep_in_a_box");
}
