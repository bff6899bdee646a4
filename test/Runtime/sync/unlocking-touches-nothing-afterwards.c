// Who gives a shared lock back, sets an event, sends or closes does not touch
// it once another thread can have got what it waited for, and ended the
// storage: in all interleavings of the atomic operations of two or three
// threads, with up to three preemptions. In each of them nobody is forgotten,
// and a lock is held by one thread at a time.
// RUN: %clang %cflags -O1 -include %S/Inputs/steps.h %s %root/runtime/sync/wait.c %root/runtime/sync/mutex.c %root/runtime/sync/rwlock.c %root/runtime/sync/semaphore.c %root/runtime/sync/event.c %root/runtime/sync/oneshot.c %root/runtime/sync/channel.c %root/runtime/sync/once.c %rt -o %t && %t
// RUN: %clang %cflags -O1 -include %S/Inputs/steps.h -DMOST_PASSES=1 %s %root/runtime/sync/wait.c %root/runtime/sync/mutex.c %root/runtime/sync/rwlock.c %root/runtime/sync/semaphore.c %root/runtime/sync/event.c %root/runtime/sync/oneshot.c %root/runtime/sync/channel.c %root/runtime/sync/once.c %rt -o %t1 && %t1
#include "Inputs/interleave.h"

#include <coro/channel.h>
#include <coro/oneshot.h>
#include <coro/sync.h>

static struct object {
  union {
    coro_mutex mutex;
    coro_rwlock rwlock;
    coro_semaphore semaphore;
    coro_event event;
    coro_once once;
    coro_oneshot oneshot;
    coro_channel channel;
  };
  int users; /* guarded by the mutex or the rwlock */
  int buffer[1];
} *object;
static int inside; /* the lock */

static void begin(int users) {
  object = new_storage();
  memset(object, 0, sizeof(*object));
  object->users = users;
  inside = 0;
}

/* A thread of the first kind lets go of what the second one waits for.
 * -------*/

static void lock_mutex(void) {
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, &object->mutex);
  wait_for(&op.waiter.future);
}
static void unlock_mutex(void) { coro_mutex_unlock(&object->mutex); }
static void end_mutex_when_locked(void) {
  lock_mutex();
  end_storage();
}
static void end_mutex_when_tried(void) {
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, &object->mutex);
  if (!give_up(&op.waiter.future) && !coro_mutex_try_lock(&object->mutex))
    lock_mutex();
  end_storage();
}
static void mutex_and(void (*ends)(void)) {
  begin(0);
  object->mutex = (coro_mutex)CORO_MUTEX_SHARED_INIT;
  CHECK(coro_mutex_try_lock(&object->mutex));
  start(0, unlock_mutex);
  start(1, ends);
  run_all();
}
static void mutex_locked(void) { mutex_and(end_mutex_when_locked); }
static void mutex_tried(void) { mutex_and(end_mutex_when_tried); }

static void end_write(void) { coro_rwlock_end_write(&object->rwlock); }
static void end_read(void) { coro_rwlock_end_read(&object->rwlock); }
static void lock_rwlock(bool write) {
  coro_rwlock_op op;
  if (write)
    coro_rwlock_write_op_init(&op, &object->rwlock);
  else
    coro_rwlock_read_op_init(&op, &object->rwlock);
  wait_for(&op.waiter.future);
}
static void end_rwlock_when_written(void) {
  lock_rwlock(true);
  end_storage();
}
static void end_rwlock_when_read(void) {
  lock_rwlock(false);
  end_storage();
}
static void end_rwlock_when_tried(void) {
  coro_rwlock_op op;
  coro_rwlock_write_op_init(&op, &object->rwlock);
  if (!give_up(&op.waiter.future) && !coro_rwlock_try_write(&object->rwlock))
    lock_rwlock(true);
  end_storage();
}
static void rwlock_and(bool write, void (*ends)(void)) {
  begin(0);
  object->rwlock = (coro_rwlock)CORO_RWLOCK_SHARED_INIT;
  CHECK(write ? coro_rwlock_try_write(&object->rwlock)
              : coro_rwlock_try_read(&object->rwlock));
  start(0, write ? end_write : end_read);
  start(1, ends);
  run_all();
}
static void writer_then_writer(void) {
  rwlock_and(true, end_rwlock_when_written);
}
static void writer_then_reader(void) { rwlock_and(true, end_rwlock_when_read); }
static void reader_then_writer(void) {
  rwlock_and(false, end_rwlock_when_written);
}
static void rwlock_tried(void) { rwlock_and(false, end_rwlock_when_tried); }

static void release_one(void) { coro_semaphore_release(&object->semaphore, 1); }
static void acquire_two(void) {
  coro_semaphore_acquire_op op;
  coro_semaphore_acquire_op_init(&op, &object->semaphore, 2);
  wait_for(&op.waiter.future);
}
static void end_semaphore_when_acquired(void) {
  acquire_two();
  end_storage();
}
static void end_semaphore_when_tried(void) {
  coro_semaphore_acquire_op op;
  coro_semaphore_acquire_op_init(&op, &object->semaphore, 2);
  if (!give_up(&op.waiter.future) &&
      !coro_semaphore_try_acquire(&object->semaphore, 2))
    acquire_two();
  end_storage();
}
static void semaphore_and(void (*ends)(void)) {
  begin(0);
  object->semaphore = (coro_semaphore)CORO_SEMAPHORE_SHARED_INIT(1);
  start(0, release_one);
  start(1, ends);
  run_all();
}
static void semaphore_acquired(void) {
  semaphore_and(end_semaphore_when_acquired);
}
static void semaphore_tried(void) { semaphore_and(end_semaphore_when_tried); }

static void set_event(void) { coro_event_set(&object->event); }
static void await_event(void) {
  coro_event_wait_op op;
  coro_event_wait_op_init(&op, &object->event);
  wait_for(&op.waiter.future);
}
static void end_event_when_set(void) {
  await_event();
  end_storage();
}
/* As coro_event_wait does. */
static void end_event_when_tried(void) {
  if (!coro_event_was_set(&object->event))
    await_event();
  end_storage();
}
static void event_and(void (*ends)(void)) {
  begin(0);
  object->event = (coro_event)CORO_EVENT_SHARED_INIT;
  start(0, set_event);
  start(1, ends);
  run_all();
}
static void event_set(void) { event_and(end_event_when_set); }
static void event_tried(void) { event_and(end_event_when_tried); }

static void send_oneshot(void) {
  CHECK(coro_oneshot_send(&object->oneshot, &(int){7}) == 0);
}
static void close_oneshot(void) { coro_oneshot_close(&object->oneshot); }
static void end_oneshot(int result) {
  int value = 0;
  coro_oneshot_op op;
  coro_oneshot_op_init(&op, &object->oneshot, &value);
  wait_for(&op.waiter.future);
  CHECK(op.waiter.result == result && (result || value == 7));
  end_storage();
}
static void end_oneshot_when_received(void) { end_oneshot(0); }
static void end_oneshot_when_closed(void) { end_oneshot(CORO_CLOSED); }
static void oneshot_and(void (*gives)(void), void (*ends)(void)) {
  begin(0);
  coro_oneshot_init_shared(&object->oneshot, object->buffer, sizeof(int));
  start(0, gives);
  start(1, ends);
  run_all();
}
static void oneshot_sent(void) {
  oneshot_and(send_oneshot, end_oneshot_when_received);
}
static void oneshot_closed(void) {
  oneshot_and(close_oneshot, end_oneshot_when_closed);
}

static void close_channel(void) { coro_channel_close(&object->channel); }
static void send_value(void) {
  CHECK(coro_channel_try_send(&object->channel, &(int){7}) == 0);
}
static int receive_value(void) {
  int value = 0;
  coro_receive_op op;
  coro_receive_op_init(&op, &object->channel, &value);
  wait_for(&op.waiter.future);
  CHECK(op.waiter.result || value == 7);
  return op.waiter.result;
}
static void end_channel_when_closed(void) {
  CHECK(receive_value() == CORO_CLOSED);
  end_storage();
}
static void end_channel_when_received(void) {
  CHECK(receive_value() == 0);
  end_storage();
}
static void end_channel_when_sending_fails(void) {
  coro_send_op op;
  coro_send_op_init(&op, &object->channel, &(int){8});
  wait_for(&op.waiter.future);
  CHECK(op.waiter.result == CORO_CLOSED);
  end_storage();
}
static void channel_and(bool full, void (*gives)(void), void (*ends)(void)) {
  begin(0);
  coro_channel_init_shared(&object->channel, object->buffer, 1, sizeof(int));
  if (full)
    send_value();
  start(0, gives);
  start(1, ends);
  run_all();
}
static void channel_closed(void) {
  channel_and(false, close_channel, end_channel_when_closed);
}
static void channel_sent(void) {
  channel_and(false, send_value, end_channel_when_received);
}
static void channel_closed_to_sender(void) {
  channel_and(true, close_channel, end_channel_when_sending_fails);
}

static void end_once_when_done(void) {
  coro_once_op op;
  coro_once_op_init(&op, &object->once);
  wait_for(&op.waiter.future);
  CHECK(op.waiter.result == CORO_ONCE_DONE);
  end_storage();
}
static void do_once(void) { coro_once_end(&object->once, true); }
static void once_done(void) {
  begin(0);
  object->once = (coro_once)CORO_ONCE_SHARED_INIT;
  CHECK(coro_once_try_begin(&object->once) == CORO_ONCE_YOURS);
  start(0, do_once);
  start(1, end_once_when_done);
  run_all();
}

/* Several threads use it, and the last one ends it.
 * --------------------------*/

static void enter(void) {
  CHECK(inside++ == 0);
  interleave_step();
  CHECK(--inside == 0);
}
static void use_mutex(void) {
  lock_mutex();
  enter();
  bool last = --object->users == 0;
  coro_mutex_unlock(&object->mutex);
  if (last)
    end_storage();
}
/* One use is given up. */
static void try_mutex_then_use_it(void) {
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, &object->mutex);
  if (give_up(&op.waiter.future)) {
    enter();
    coro_mutex_unlock(&object->mutex);
  }
  use_mutex();
}
static void mutex_of(int users, void (*first)(void)) {
  begin(users);
  object->mutex = (coro_mutex)CORO_MUTEX_SHARED_INIT;
  start(0, first);
  for (int i = 1; i < users; i++)
    start(i, use_mutex);
  run_all();
}
static void two_use_mutex(void) { mutex_of(2, try_mutex_then_use_it); }
static void three_use_mutex(void) { mutex_of(3, use_mutex); }
static void three_use_mutex_one_gives_up(void) {
  mutex_of(3, try_mutex_then_use_it);
}

static void use_rwlock(void) {
  lock_rwlock(true);
  enter();
  bool last = --object->users == 0;
  coro_rwlock_end_write(&object->rwlock);
  if (last)
    end_storage();
}
static void read_then_use_rwlock(void) {
  lock_rwlock(false);
  CHECK(!inside);
  interleave_step();
  CHECK(!inside);
  coro_rwlock_end_read(&object->rwlock);
  use_rwlock();
}
static void two_use_rwlock(void) {
  begin(2);
  object->rwlock = (coro_rwlock)CORO_RWLOCK_SHARED_INIT;
  start(0, read_then_use_rwlock);
  start(1, read_then_use_rwlock);
  run_all();
}

static const struct {
  const char *name;
  void (*run)(void);
  long at_least;
} scenarios[] = {
    {"a mutex, locked", mutex_locked, 50},
    {"a mutex, tried", mutex_tried, 100},
    {"a writer, a writer", writer_then_writer, 50},
    {"a writer, a reader", writer_then_reader, 50},
    {"a reader, a writer", reader_then_writer, 50},
    {"a rwlock, tried", rwlock_tried, 100},
    {"a semaphore, acquired", semaphore_acquired, 50},
    {"a semaphore, tried", semaphore_tried, 100},
    {"an event, waited for", event_set, 50},
    {"an event, looked at", event_tried, 50},
    {"a oneshot, sent", oneshot_sent, 50},
    {"a oneshot, closed", oneshot_closed, 50},
    {"a channel, sent", channel_sent, 50},
    {"a channel, closed", channel_closed, 50},
    {"a channel, closed to a sender", channel_closed_to_sender, 50},
    {"once, done", once_done, 50},
    {"two use a mutex", two_use_mutex, 500},
    {"three use a mutex", three_use_mutex, 5000},
    {"three use a mutex, one gives up", three_use_mutex_one_gives_up, 5000},
    {"two use a rwlock", two_use_rwlock, 500},
};

int main(int argc, char **argv) {
  (void)argv;
  for (size_t i = 0; i < sizeof(scenarios) / sizeof(*scenarios); i++) {
    explore(scenarios[i].name, scenarios[i].run, scenarios[i].at_least);
    if (argc > 1)
      printf("%s: %ld\n", scenarios[i].name, runs);
  }
}
