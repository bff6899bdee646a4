// A worker's thread is run step by step, and those of its instructions that are
// read-modify-writes on memory are counted. On its own thread spawning, waking,
// suspending and polling have none; the end of a task has one. A job that was
// sent in a burst and ends in its first poll has one, as it leaves the ring.
// REQUIRES: x86_64
// RUN: %clang %cflags -O2 %s %rt -o %t && %t
#define _GNU_SOURCE
#include "../check.h"

#include <coro/pool.h>
#include <linux/membarrier.h>
#include <signal.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

enum { CHILDREN = 4, TURNS = 40, WARM = 64, SENT = 100 };
enum { TRAP_FLAG = 0x100 };

static long steps, locked;

/* A prefix LOCK, or an XCHG whose operand is in memory, which implies it. */
static bool is_locked(const unsigned char *at) {
  bool lock = false;
  for (;; at++) {
    if (*at == 0xf0)
      lock = true;
    else if (!strchr("\x66\xf2\xf3\x2e\x36\x3e\x26\x64\x65", *at) || !*at)
      break;
  }
  if ((*at & 0xf0) == 0x40) /* REX */
    at++;
  return lock || ((*at == 0x86 || *at == 0x87) && at[1] < 0xc0);
}

/* int3 begins and ends. What is at the address runs next. */
static void on_trap(int number, siginfo_t *info, void *context) {
  (void)number;
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  if (info->si_code != TRAP_TRACE) {
    registers[REG_EFL] ^= TRAP_FLAG;
    if (!(registers[REG_EFL] & TRAP_FLAG))
      return;
  }
  steps++;
  locked += is_locked((const unsigned char *)registers[REG_RIP]);
}

#define COUNT()                                                                \
  do {                                                                         \
    steps = locked = 0;                                                        \
    __asm__ volatile("int3" ::: "memory");                                     \
  } while (0)

/* How many there were. */
static long counted(long at_least_steps) {
  __asm__ volatile("int3" ::: "memory");
  CHECK(steps > at_least_steps);
  return locked;
}

static bool over;
static int live;
static coro_waker of_main;

static coro_status poll_child(void *frame, coro_context *cx) {
  (void)frame;
  if (over) {
    live--;
    return CORO_DONE;
  }
  coro_wake_local(cx->waker);
  return CORO_PENDING;
}
static const coro_descriptor child = BY_HAND(char, poll_child);

static coro_status poll_sent(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  if (!--live)
    coro_wake_local(of_main);
  return CORO_DONE;
}
static const coro_descriptor sent = BY_HAND(char, poll_sent);

/* Checks that it finds some. */
static void count_itself(void) {
  static int word;
  COUNT();
  __atomic_fetch_add(&word, 1, __ATOMIC_SEQ_CST);
  __atomic_store_n(&word, 1, __ATOMIC_SEQ_CST);
  __atomic_exchange_n(&word, 1, __ATOMIC_RELAXED);
  __atomic_store_n(&word, 1, __ATOMIC_RELEASE);
  CHECK(counted(3) == 3);
}

struct all {
  int phase, polls;
  coro_job children[CHILDREN], sent[WARM + SENT];
};

static void spawn_all(struct all *self, coro_context *cx) {
  live = CHILDREN;
  for (int i = 0; i < CHILDREN; i++)
    CHECK(!cx->spawner->ops->spawn(cx->spawner, &self->children[i],
                                   (coro_any_task){self, &child}, NULL));
}

static void send_some(struct all *self, coro_context *cx, int from, int to) {
  for (int i = from; i < to; i++)
    CHECK(!cx->sender->ops->send(cx->sender, &self->sent[i],
                                 (coro_any_task){self, &sent}, NULL));
}

static coro_status poll_all(void *frame, coro_context *cx) {
  struct all *self = frame;
  coro_wake_local(cx->waker);
  switch (self->phase) {
  case 0: /* sent, too, so that its first suspension has one */
    count_itself();
    self->phase++;
    return CORO_PENDING;
  case 1:
    COUNT();
    spawn_all(self, cx);
    self->phase++;
    return CORO_PENDING;
  case 2: /* the others are polled in between, and the queues are looked at */
    if (self->polls++ < TURNS)
      return CORO_PENDING;
    CHECK(counted((long)CHILDREN * TURNS) == 0);
    COUNT();
    over = true;
    self->phase++;
    return CORO_PENDING;
  default:
    if (live)
      return CORO_PENDING;
    CHECK(counted(CHILDREN) == CHILDREN);
    return CORO_DONE;
  }
}
static const coro_descriptor local = BY_HAND(struct all, poll_all);

static coro_status poll_sends(void *frame, coro_context *cx) {
  struct all *self = frame;
  if (!self->phase++) {
    coro_wake_local(cx->waker);
    return CORO_PENDING;
  }
  if (self->phase == 3) {
    CHECK(counted(WARM + SENT) == WARM + SENT);
    return CORO_DONE;
  }
  of_main = cx->waker;
  live = WARM + SENT;
  send_some(self, cx, 0, WARM);
  COUNT();
  send_some(self, cx, WARM, WARM + SENT);
  CHECK(locked == 0);
  return CORO_PENDING;
}
static const coro_descriptor sends = BY_HAND(struct all, poll_sends);

int main(void) {
  struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO};
  CHECK(!sigaction(SIGTRAP, &action, NULL));
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 1}, &error);
  CHECK(pool);
  static struct all for_local, for_sends;
  CHECK(coro_pool_run(pool, (coro_any_task){&for_local, &local}) == CORO_DONE);
  /* Without this call no worker spares its fences. */
  long commands = syscall(SYS_membarrier, MEMBARRIER_CMD_QUERY, 0, 0);
  if (commands > 0 && commands & MEMBARRIER_CMD_PRIVATE_EXPEDITED)
    CHECK(coro_pool_run(pool, (coro_any_task){&for_sends, &sends}) ==
          CORO_DONE);
  coro_pool_close(pool);
}
