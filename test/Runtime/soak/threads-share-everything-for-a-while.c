// Tasks on a pool's threads that share locks, values and helpers at random, and
// spawn, send, time out and cancel each other: for as many seconds as the
// argument says, each with other random numbers. Whatever happens, every round
// ends, and at its end nothing is held, queued or lost.
// RUN: %corocc %cflags -O2 %s -o %t && %t 2
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s -o %t && %t 2
// RUN: %corocc %cflags -O1 -fsanitize=thread %s -o %t && %t 2
#include "../check.h"

#include <coro/coro.h>
#include <signal.h>
#include <unistd.h>

enum { TREES = 8, STEPS = 20, PLACES = 3, PERMITS = 3 };

static coro_mutex mutex, turns;
static coro_rwlock rwlock;
static coro_semaphore permits;
static coro_event event_;
static coro_once once;
static coro_barrier barrier;
static coro_condition changed;
static coro_channel channel;
static int channel_buffer[PLACES];
static coro_broadcast broadcast;
static int broadcast_buffer[4];
static coro_helpers helpers;

static int inside, written, tickets; /* the locks order them */
static int taken, made, calls;       /* atomic */
static long sent, received;          /* atomic */

#define ADD(number, n) __atomic_add_fetch(&(number), (n), __ATOMIC_RELAXED)
#define DEFER(f, name) __attribute__((cleanup(f))) int name = 1

static __thread uint64_t random_state;
static uint64_t pick(uint64_t below) {
  if (!random_state)
    random_state = coro_now() | 1;
  return next_random(&random_state) % below;
}
static uint64_t soon(void) { return pick(200) * CORO_MICROSECOND; }

yields static void give_way(void) {
  if (pick(3) == 0)
    coro_sleep(soon() / 4);
  else
    coro_yield_now();
}

static void leave_mutex(int *held) {
  inside -= *held;
  coro_mutex_unlock(&mutex);
}
yields static void locks(void) {
  if (pick(2))
    coro_mutex_lock(&mutex);
  else if (coro_mutex_lock_for(&mutex, soon()))
    return;
  DEFER(leave_mutex, held);
  CHECK(++inside == 1);
  give_way();
}

static void end_read(int *held) {
  CHECK(*held && written % 2 == 0);
  coro_rwlock_end_read(&rwlock);
}
static void end_write(int *held) {
  written += *held;
  coro_rwlock_end_write(&rwlock);
}
yields static void reads_or_writes(void) {
  if (pick(3)) {
    if (coro_rwlock_read_for(&rwlock, soon()))
      return;
    DEFER(end_read, held);
    give_way();
  } else {
    coro_rwlock_write(&rwlock);
    DEFER(end_write, held);
    CHECK(++written % 2);
    give_way();
  }
}

static void release(uint32_t *k) {
  ADD(taken, -(int)*k);
  coro_semaphore_release(&permits, *k);
}
yields static void acquires(void) {
  uint32_t k = 1 + (uint32_t)pick(PERMITS);
  if (coro_semaphore_acquire_for(&permits, k, soon()))
    return;
  __attribute__((cleanup(release))) uint32_t held = k;
  CHECK(ADD(taken, (int)k) <= PERMITS);
  give_way();
}

/* Cancelled, it was not made. */
yields static int make(void) {
  give_way();
  return pick(2) ? CORO_REFUSED : (made++, 0);
}
yields static void makes(void) {
  if (coro_once_run(&once, make) == 0)
    CHECK(made == 1);
}

static void unlock_turns(int *held) {
  CHECK(*held);
  coro_mutex_unlock(&turns);
}
yields static void takes_tickets(void) {
  coro_mutex_lock(&turns);
  DEFER(unlock_turns, held);
  if (pick(2)) {
    tickets++;
    coro_condition_notify(&changed);
  } else if (coro_condition_wait_for(&changed, &turns, soon()) == 0 &&
             tickets) {
    tickets--;
  }
}

yields static void sends_or_receives(void) {
  int out = 1 + (int)pick(1000), in = 0, news;
  coro_send_op send;
  coro_receive_op receive;
  coro_event_wait_op set;
  coro_subscription to;
  coro_send_op_init(&send, &channel, &out);
  coro_receive_op_init(&receive, &channel, &in);
  coro_event_wait_op_init(&set, &event_);
  switch (pick(4)) {
  case 0:
    if (coro_race(&send, &set) == 0)
      ADD(sent, out);
    break;
  case 1:
    if (coro_race(&set, &receive) == 1)
      ADD(received, in);
    break;
  case 2:
    coro_event_set(&event_);
    coro_broadcast_send(&broadcast, &out);
    coro_event_reset(&event_);
    break;
  default:
    coro_subscribe(&to, &broadcast);
    (void)coro_broadcast_receive_for(&to, &news, soon());
  }
}

static int doubles(int *number) {
  ADD(calls, 1);
  return *number *= 2;
}
yields static void offloads(void) {
  int number = 21;
  CHECK(coro_offload(doubles, &number) == 42 && number == 42);
}

struct answer {
  coro_oneshot oneshot;
  int slot;
};
yields static void answers(struct answer *answer) {
  int value = 42;
  give_way();
  coro_oneshot_send(&answer->oneshot, &value);
}
yields static void asks(void) {
  struct answer answer;
  int value = 0;
  coro_oneshot_init_shared(&answer.oneshot, &answer.slot, sizeof(int));
  coro_scoped (scope, 0) {
    if (coro_scope_spawn_send(&scope, answers, &answer) &&
        coro_oneshot_receive_for(&answer.oneshot, &value, soon()) == 0)
      CHECK(value == 42);
    if (pick(2))
      coro_scope_cancel(&scope);
  }
}

yields static void worker(int depth);

yields static void has_children(int depth) {
  coro_scoped (scope, pick(2) ? CORO_SCOPE_COLLECT : 0) {
    for (uint64_t i = 1 + pick(3); i; i--) {
      coro_spawned *child = NULL;
      int refused =
          pick(2)
              ? coro_scope_try_spawn(&child, &scope, worker, depth + 1)
              : coro_scope_try_spawn_send(&child, &scope, worker, depth + 1);
      if (!refused && pick(4) == 0)
        coro_spawned_request_cancel(child);
    }
    if (pick(3) == 0)
      coro_scope_cancel(&scope);
  }
}

yields static void step(int depth) {
  switch (pick(9)) {
  case 0:
    locks();
    break;
  case 1:
    reads_or_writes();
    break;
  case 2:
    acquires();
    break;
  case 3:
    makes();
    break;
  case 4:
    takes_tickets();
    break;
  case 5:
    sends_or_receives();
    break;
  case 6:
    offloads();
    break;
  case 7:
    asks();
    break;
  default:
    if (depth < 2)
      has_children(depth);
    (void)coro_barrier_wait_for(&barrier, soon());
  }
}

/* Each step may be given up: what it waits for may never come. */
yields static void worker(int depth) {
  for (int i = 0; i < STEPS >> depth; i++) {
    coro_task(step) task;
    coro_start(&task, step, depth);
    (void)coro_timeout(CORO_MILLISECOND, &task);
  }
}

static void begin_round(void) {
  mutex = turns = (coro_mutex)CORO_MUTEX_SHARED_INIT;
  rwlock = (coro_rwlock)CORO_RWLOCK_SHARED_INIT;
  permits = (coro_semaphore)CORO_SEMAPHORE_SHARED_INIT(PERMITS);
  event_ = (coro_event)CORO_EVENT_SHARED_INIT;
  once = (coro_once)CORO_ONCE_SHARED_INIT;
  barrier = (coro_barrier)CORO_BARRIER_SHARED_INIT(3);
  changed = (coro_condition)CORO_CONDITION_SHARED_INIT;
  coro_channel_init_shared(&channel, channel_buffer, pick(PLACES + 1),
                           sizeof(int));
  coro_broadcast_init_shared(&broadcast, broadcast_buffer, 4, sizeof(int));
  tickets = made = 0;
}

static void end_round(void) {
  CHECK(inside == 0 && taken == 0 && written % 2 == 0 && tickets >= 0);
  CHECK(coro_mutex_try_lock(&mutex) && coro_mutex_try_lock(&turns));
  CHECK(coro_rwlock_try_write(&rwlock));
  CHECK(coro_semaphore_permits(&permits) == PERMITS);
  CHECK(coro_once_is_done(&once)
            ? made == 1
            : coro_once_try_begin(&once) == CORO_ONCE_YOURS);
  CHECK(!event_.queue.first && !changed.queue.first && !barrier.waiting);
  CHECK(!channel.senders.first && !channel.receivers.first);
  CHECK(!broadcast.queue.first);
  for (int value; coro_channel_try_receive(&channel, &value) == 0;)
    received += value;
  CHECK(sent == received);
  coro_helpers_state now = coro_helpers_now(&helpers);
  CHECK(now.queued == 0 && now.waiting == 0);
}

static void offer(void *user, coro_executor *executor, uint32_t number) {
  (void)user, (void)number;
  coro_executor_context(executor)->offloader = &helpers.offloader;
}

static void hangs(int number) {
  (void)number;
  (void)!write(2, "a round does not end\n", 21);
  _exit(1);
}

int main(int count, char **arguments) {
  CHECK(count == 2);
  uint64_t end = coro_now() + (uint64_t)atoi(arguments[1]) * CORO_SECOND;
  signal(SIGALRM, hangs);
  CHECK(!coro_helpers_start(&helpers,
                            &(coro_helpers_options){.max = 2, .limit = 2}));
  int error;
  coro_pool *pool = coro_pool_open(
      &(coro_pool_options){.workers = 3, .begin = offer}, &error);
  CHECK(pool);
  do {
    static coro_task(worker) trees[TREES];
    static coro_job jobs[TREES];
    alarm(200); /* of the round */
    begin_round();
    for (int i = 0; i < TREES; i++) {
      coro_start(&trees[i], worker, 0);
      CHECK(!coro_pool_send(pool, &jobs[i], coro_erase(&trees[i]), NULL));
    }
    if (pick(2)) {
      CHECK(usleep((useconds_t)pick(5000)) == 0);
      coro_pool_cancel(pool, &jobs[pick(TREES)]);
    }
    CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
    end_round();
  } while (coro_now() < end);
  coro_pool_close(pool);
  coro_helpers_stop(&helpers);
}
