// A task that never has to wait, whatever for, gives way to another one after
// so many times: on a loop, in a closed set, and in a pool. The table has every
// function of the headers that may wait.
// RUN: %python %S/Inputs/lists-every-wait.py %root/include %s
// RUN: %corocc %cflags -O0 %s -o %t0 && %t0
// RUN: %corocc %cflags -O2 %s -o %t2 && %t2
#define _GNU_SOURCE
#include "../check.h"

#include <coro/coro.h>
#include <coro/pool.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Far more than the fuel of one poll. */
enum { MANY = 5000, BEATS = 3 };

/* What all of them wait for; made anew for each. */
static struct things {
  coro_mutex mutex;
  coro_rwlock rwlock;
  coro_semaphore semaphore;
  coro_event set, unset;
  coro_once once;
  coro_barrier barrier;
  coro_condition condition;
  coro_channel channel, closed;
  coro_broadcast broadcast;
  coro_subscription subscription;
  coro_oneshot oneshot;
  coro_interval interval;
  coro_spawned *done;
  int slots[4], more[4], value;
  int zero, null, listener;
  struct sockaddr_un address;
  socklen_t address_size;
  sigset_t signals;
} it;

static yields void nothing(void) {}
static int plain(int n) { return n; }

static int new_socket(void) {
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
  CHECK(fd >= 0);
  return fd;
}

static void listen_to(void) {
  it.listener = new_socket();
  it.address.sun_family = AF_UNIX;
  it.address_size = sizeof(sa_family_t); /* the kernel chooses a name */
  struct sockaddr *address = (struct sockaddr *)&it.address;
  CHECK(!bind(it.listener, address, it.address_size));
  CHECK(!listen(it.listener, 8));
  it.address_size = sizeof(it.address);
  CHECK(!getsockname(it.listener, address, &it.address_size));
}

static void begin(void) {
  it = (struct things){.mutex = CORO_MUTEX_INIT,
                       .rwlock = CORO_RWLOCK_INIT,
                       .semaphore = CORO_SEMAPHORE_INIT(1),
                       .set = CORO_EVENT_INIT,
                       .unset = CORO_EVENT_INIT,
                       .once = CORO_ONCE_INIT,
                       .barrier = CORO_BARRIER_INIT(1),
                       .condition = CORO_CONDITION_INIT,
                       .interval = {.next = 1, .period = 1}};
  coro_event_set(&it.set);
  CHECK(coro_once_try_begin(&it.once) == CORO_ONCE_YOURS);
  coro_once_end(&it.once, true);
  coro_channel_init(&it.channel, it.slots, sizeof(int), 4);
  coro_channel_init(&it.closed, it.slots, sizeof(int), 4);
  coro_channel_close(&it.closed);
  coro_broadcast_init(&it.broadcast, it.more, 4, sizeof(int));
  coro_subscribe(&it.subscription, &it.broadcast);
  it.zero = open("/dev/zero", O_RDONLY);
  it.null = open("/dev/null", O_WRONLY);
  CHECK(it.zero >= 0 && it.null >= 0);
  listen_to();
  sigemptyset(&it.signals);
  sigaddset(&it.signals, SIGUSR1);
}

static void end(void) {
  close(it.zero);
  close(it.null);
  close(it.listener);
}

static void send_once(void) {
  coro_oneshot_init(&it.oneshot, it.slots, sizeof(int));
  CHECK(!coro_oneshot_send(&it.oneshot, &it.value));
}

static yields void race_one(void) {
  coro_event_wait_op never, now;
  coro_event_wait_op_init(&never, &it.unset);
  coro_event_wait_op_init(&now, &it.set);
  CHECK(coro_race(&never, &now) == 1);
}

static yields void join_two(void) {
  coro_event_wait_op a, b;
  coro_event_wait_op_init(&a, &it.set);
  coro_event_wait_op_init(&b, &it.set);
  coro_join(&a, &b);
}

static yields void limit_one(void) {
  coro_event_wait_op now;
  coro_event_wait_op_init(&now, &it.set);
  CHECK(coro_timeout(CORO_SECOND, &now));
}

/* There is room, so neither blocks. */
CORO_ALLOW("coro-blocking-call") static void connect_now(int fd) {
  CHECK(!connect(fd, (struct sockaddr *)&it.address, it.address_size));
}
CORO_ALLOW("coro-blocking-call") static int accept_now(void) {
  return accept(it.listener, NULL, NULL);
}

static yields void accept_one(void) {
  int one = new_socket();
  connect_now(one);
  int other = coro_accept(it.listener);
  CHECK(other >= 0);
  close(one);
  close(other);
}

static yields void connect_one(void) {
  int one = new_socket();
  CHECK(!coro_connect(one, (struct sockaddr *)&it.address, it.address_size));
  int other = accept_now();
  CHECK(other >= 0);
  close(one);
  close(other);
}

static yields void take_signal(void) {
  CHECK(!raise(SIGUSR1));
  CHECK(coro_wait_signal(&it.signals) == SIGUSR1);
}

static yields void work_here(void) {
  coro_self()->offloader = &coro_offload_here;
  CHECK(coro_offload(plain, 3) == 3);
}

static yields void work_refused(void) {
  coro_self()->offloader = NULL;
  CHECK(coro_offload(plain, 4) == 4);
}

static void run_work(coro_work *work) { (void)work; }
static yields void work_by_hand(void) {
  coro_work work;
  coro_work_init(&work, run_work);
  coro_self()->offloader = NULL;
  CHECK(coro_offload_work(&work) == CORO_NOT_OFFERED);
}

static yields void perform_one(void) {
  coro_operation operation = {.code = 1};
  coro_completion *offered = coro_self()->completion;
  CHECK(!offered && coro_perform(&operation) == CORO_NOT_OFFERED);
}

static yields void spawn_it(void) {
  coro_spawned *done = coro_self()->spawner ? coro_spawn(nothing) : NULL;
  CHECK(done);
  coro_wait(done);
  it.done = done;
}

static yields void scope_waits(void) {
  coro_scope_var(scope, 0);
  coro_scope_wait(&scope);
}
static yields void scope_nexts(void) {
  coro_scope_var(scope, 0);
  CHECK(!coro_scope_next(&scope));
}
static yields void scope_closes(void) {
  coro_scope scope = coro_scope_open(coro_self(), 0);
  coro_scope_close(&scope);
}
static yields void spawned_closes(void) {
  coro_spawned *none = coro_spawn(nothing);
  coro_spawned_close(&none);
}

/* W(what): one wait that need not wait. */
// clang-format off
#define EVERYWHERE(W)                                                          \
  W(coro_mutex_lock(&it.mutex); coro_mutex_unlock(&it.mutex))                  \
  W(CHECK(!coro_mutex_lock_for(&it.mutex, 9)); coro_mutex_unlock(&it.mutex))   \
  W(coro_rwlock_read(&it.rwlock); coro_rwlock_end_read(&it.rwlock))            \
  W(CHECK(!coro_rwlock_read_for(&it.rwlock, 9));                               \
    coro_rwlock_end_read(&it.rwlock))                                          \
  W(coro_rwlock_write(&it.rwlock); coro_rwlock_end_write(&it.rwlock))          \
  W(CHECK(!coro_rwlock_write_for(&it.rwlock, 9));                              \
    coro_rwlock_end_write(&it.rwlock))                                         \
  W(coro_semaphore_acquire(&it.semaphore, 1);                                  \
    coro_semaphore_release(&it.semaphore, 1))                                  \
  W(CHECK(!coro_semaphore_acquire_for(&it.semaphore, 1, 9));                   \
    coro_semaphore_release(&it.semaphore, 1))                                  \
  W(coro_event_wait(&it.set))                                                  \
  W(CHECK(!coro_event_wait_for(&it.set, 9)))                                   \
  W(CHECK(coro_once_begin(&it.once) == CORO_ONCE_DONE))                        \
  W(CHECK(coro_once_begin_for(&it.once, 9) == CORO_ONCE_DONE))                 \
  W(CHECK(coro_barrier_wait(&it.barrier) == 1))                                \
  W(CHECK(coro_barrier_wait_for(&it.barrier, 9) == 1))                         \
  W(coro_mutex_try_lock(&it.mutex);                                            \
    coro_condition_wait_for(&it.condition, &it.mutex, 0);                      \
    coro_mutex_unlock(&it.mutex))                                              \
  W(CHECK(!coro_channel_send(&it.channel, &it.value));                         \
    CHECK(!coro_channel_try_receive(&it.channel, &it.value)))                  \
  W(CHECK(!coro_channel_send_for(&it.channel, &it.value, 9));                  \
    CHECK(!coro_channel_try_receive(&it.channel, &it.value)))                  \
  W(CHECK(!coro_channel_try_send(&it.channel, &it.value));                     \
    CHECK(!coro_channel_receive(&it.channel, &it.value)))                      \
  W(CHECK(!coro_channel_try_send(&it.channel, &it.value));                     \
    CHECK(!coro_channel_receive_for(&it.channel, &it.value, 9)))               \
  W(CHECK(coro_channel_receive(&it.closed, &it.value) == CORO_CLOSED))         \
  W(send_once(); CHECK(!coro_oneshot_receive(&it.oneshot, &it.value)))         \
  W(send_once(); CHECK(!coro_oneshot_receive_for(&it.oneshot, &it.value, 9)))  \
  W(coro_broadcast_send(&it.broadcast, &it.value);                             \
    CHECK(!coro_broadcast_receive(&it.subscription, &it.value)))               \
  W(coro_broadcast_send(&it.broadcast, &it.value);                             \
    CHECK(!coro_broadcast_receive_for(&it.subscription, &it.value, 9)))        \
  W(coro_sleep(0))                                                             \
  W(CHECK(!coro_sleep_until(0)))                                               \
  W(CHECK(coro_interval_wait(&it.interval)); it.interval.next = 1)             \
  W(CHECK(coro_read(it.zero, &it.value, 1) == 1))                              \
  W(CHECK(coro_write(it.null, &it.value, 1) == 1))                             \
  W(CHECK(coro_write_all(it.null, &it.value, 1) == 1))                         \
  W(CHECK(coro_wait_fd(it.zero, CORO_READABLE) == CORO_READABLE))              \
  W(accept_one())                                                              \
  W(connect_one())                                                             \
  W(take_signal())                                                             \
  W(race_one())                                                                \
  W(join_two())                                                                \
  W(limit_one())                                                               \
  W(work_here())                                                               \
  W(work_refused())                                                            \
  W(work_by_hand())                                                            \
  W(perform_one())

/* Where tasks are spawned. it.done is done. */
#define SPAWNING(W)                                                            \
  W(CHECK(coro_wait(it.done) == CORO_DONE))                                    \
  W(CHECK(coro_spawned_cancel(it.done) == CORO_DONE))                          \
  W(spawned_closes())                                                          \
  W(scope_waits())                                                             \
  W(scope_nexts())                                                             \
  W(scope_closes())
// clang-format on

enum { FIRST = __COUNTER__ + 1 };
#define ONE(...)                                                               \
  case __COUNTER__ - FIRST: {                                                  \
    __VA_ARGS__;                                                               \
    break;                                                                     \
  }

static yields void wait_once(int kind) {
  switch (kind) {
    EVERYWHERE(ONE)
  default:
    CHECK(!"a kind of wait");
  }
}
enum { COMMON = __COUNTER__ - FIRST, FIRST_SPAWNING };
#undef ONE
#define ONE(...)                                                               \
  case __COUNTER__ - FIRST_SPAWNING - FIRST: {                                 \
    __VA_ARGS__;                                                               \
    break;                                                                     \
  }
static yields void wait_spawning(int kind) {
  switch (kind) {
    SPAWNING(ONE)
  default:
    CHECK(!"a kind of wait for tasks");
  }
}
enum { SPAWNS = __COUNTER__ - FIRST_SPAWNING - FIRST };

/* One after the other, each on the thread of both. */
static int beats;
static yields void beat(void) {
  for (beats = 0; beats < BEATS; beats++)
    coro_yield_now();
}

static void check_rounds(int kind, int rounds) {
  if (rounds == MANY)
    fprintf(stderr, "kind %d never gives way\n", kind);
  CHECK(rounds < MANY);
}

static yields void greedy(int kind) {
  int rounds = 0;
  for (; beats < BEATS && rounds < MANY; rounds++)
    wait_once(kind);
  check_rounds(kind, rounds);
}

static yields void greedy_of_tasks(int kind) {
  spawn_it();
  beats = 0;
  coro_spawned *other = coro_spawn(beat);
  int rounds = 0;
  for (; beats < BEATS && rounds < MANY; rounds++)
    wait_spawning(kind);
  check_rounds(COMMON + kind, rounds);
  coro_detach(other);
  coro_detach(it.done);
}

/* Children of one task, so that they are on one thread in a pool, too. */
static yields void each(void) {
  for (int kind = 0; kind < COMMON; kind++) {
    begin();
    beats = 0;
    coro_spawned *one = coro_spawn(greedy, kind), *other = coro_spawn(beat);
    CHECK(one && other);
    coro_join(one, other);
    coro_detach(one);
    coro_detach(other);
    end();
  }
  for (int kind = 0; kind < SPAWNS; kind++) {
    begin();
    greedy_of_tasks(kind);
    end();
  }
}

CORO_EXECUTOR(pair, greedy, beat);

static void in_closed_set(void) {
  for (int kind = 0; kind < COMMON; kind++) {
    struct pair_slot slots[2];
    struct pair e;
    begin();
    beats = 0;
    pair_init(&e, slots, 2, NULL, NULL);
    CHECK(coro_closed_spawn(&e, greedy, kind) && coro_closed_spawn(&e, beat));
    CHECK(pair_run(&e) == CORO_RUN_FINISHED);
    pair_fini(&e);
    end();
  }
}

static void in_loop(void) {
  coro_loop loop;
  coro_task(each) task;
  coro_job job;
  CHECK(!coro_loop_init(&loop));
  coro_start(&task, each);
  coro_loop_add(&loop, &job, coro_erase(&task), NULL);
  CHECK(coro_loop_run(&loop) == CORO_RUN_FINISHED);
  coro_loop_fini(&loop);
}

static void in_pool(void) {
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  CHECK(pool);
  coro_task(each) task;
  coro_start(&task, each);
  CHECK(coro_pool_run(pool, coro_erase(&task)) == CORO_DONE);
  coro_pool_close(pool);
}

int main(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  CHECK(!pthread_sigmask(SIG_BLOCK, &signals, NULL));
  in_closed_set();
  in_loop();
  in_pool();
}
