// What a pool is opened with: how many threads, each pinned to a processor,
// with files, with hooks that may add tasks and stop their executor; and what
// cannot be had is an error that leaves nothing: a processor that is not there,
// too. All that on machines that may have more processors than a cpu_set_t.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %clang %cflags -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#define _GNU_SOURCE
#include "../check.h"

#include <coro/error.h>
#include <coro/io.h>
#include <coro/pool.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WORKERS = 3 };

/* In the place of the C library's. */
static bool says_nonsense, has_many;
int sched_getaffinity(pid_t id, size_t size, cpu_set_t *set) {
  if (has_many && size <= sizeof(*set)) {
    errno = EINVAL;
    return -1;
  }
  CPU_ZERO_S(size, set);
  if (!says_nonsense)
    return syscall(SYS_sched_getaffinity, id, size, set) < 0 ? -1 : 0;
  CPU_SET_S(CPU_SETSIZE - 1, size, set); /* no machine of tests has so many */
  return 0;
}

/* The n-th of those that we may run on. */
static int processor(uint32_t n) {
  cpu_set_t set;
  CHECK(!sched_getaffinity(0, sizeof(set), &set));
  n %= (uint32_t)CPU_COUNT(&set);
  int cpu = 0;
  while (!CPU_ISSET(cpu, &set) || n--)
    cpu++;
  return cpu;
}

struct hooks {
  coro_pool_options options;
  coro_executor *executors[WORKERS];
  coro_job jobs[WORKERS];
  int processors[WORKERS];
  uint32_t ran[WORKERS]; /* atomic */
  uint32_t ends;         /* atomic */
};

static coro_status poll_first(void *frame, coro_context *cx) {
  coro_executor_stop(cx->executor); /* of no consequence in a pool */
  __atomic_fetch_add((uint32_t *)frame, 1, __ATOMIC_SEQ_CST);
  return CORO_DONE;
}
static const coro_descriptor first = BY_HAND(uint32_t, poll_first);

static void begin(void *user, coro_executor *executor, uint32_t worker) {
  struct hooks *hooks = user;
  hooks->executors[worker] = executor;
  coro_any_task task = {&hooks->ran[worker], &first};
  coro_executor_add(executor, &hooks->jobs[worker], task, NULL);
  CHECK((executor->context.reactor != NULL) == hooks->options.io);
  cpu_set_t set;
  CHECK(!pthread_getaffinity_np(pthread_self(), sizeof(set), &set));
  if (hooks->options.pinned)
    CHECK(CPU_COUNT(&set) == 1 && CPU_ISSET(hooks->processors[worker], &set) &&
          sched_getcpu() == hooks->processors[worker]);
}

static void end(void *user, coro_executor *executor, uint32_t worker) {
  struct hooks *hooks = user;
  CHECK(hooks->executors[worker] == executor);
  CHECK(coro_executor_jobs(executor) == 0);
  __atomic_fetch_add(&hooks->ends, 1, __ATOMIC_SEQ_CST);
}

static void use_hooks(uint32_t io, uint32_t pinned) {
  struct hooks hooks = {.options = {.workers = WORKERS,
                                    .io = io,
                                    .pinned = pinned,
                                    .user = &hooks,
                                    .begin = begin,
                                    .end = end}};
  for (uint32_t i = 0; i < WORKERS; i++)
    hooks.processors[i] = processor(i);
  int error;
  coro_pool *pool = coro_pool_open(&hooks.options, &error);
  CHECK(pool && error == 0);
  CHECK(coro_pool_here(pool) == -1);
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  for (int i = 0; i < WORKERS; i++)
    CHECK(hooks.ran[i] == 1);
  coro_pool_close(pool);
  CHECK(hooks.ends == WORKERS);
}

/* The waiting functions say so in the pool's own threads. */
static coro_status poll_waits(void *frame, coro_context *cx) {
  coro_pool *pool = frame;
  CHECK(cx->sender == coro_pool_sender(pool));
  CHECK(coro_pool_wait(pool, 0) == CORO_INVALID);
  CHECK(coro_pool_run(pool, (coro_any_task){frame, &first}) == CORO_INVALID);
  return CORO_DONE;
}
static const coro_descriptor waits = BY_HAND(char, poll_waits);

int main(void) {
  use_hooks(0, 0);
  use_hooks(1, 0);
  use_hooks(0, 1);

  int error;
  coro_pool *pool = coro_pool_open(NULL, &error);
  CHECK(pool);
  cpu_set_t set;
  CHECK(!sched_getaffinity(0, sizeof(set), &set));
  CHECK(coro_pool_workers(pool) == (uint32_t)CPU_COUNT(&set));
  CHECK(coro_pool_run(pool, (coro_any_task){pool, &waits}) == CORO_DONE);
  coro_pool_close(pool);
  coro_pool_close(NULL);

  has_many = true;
  pool = coro_pool_open(&(coro_pool_options){.pinned = 1}, &error);
  CHECK(pool && coro_pool_workers(pool) == (uint32_t)CPU_COUNT(&set));
  coro_pool_close(pool);
  has_many = false;

  says_nonsense = true;
  CHECK(
      !coro_pool_open(&(coro_pool_options){.workers = 2, .pinned = 1}, &error));
  CHECK(error == -EINVAL);
  pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  CHECK(pool);
  coro_pool_close(pool);
  says_nonsense = false;

  setenv("CORO_REACTOR", "none-such", 1);
  CHECK(!coro_pool_open(&(coro_pool_options){.workers = 2, .io = 1}, &error));
  CHECK(error == -EINVAL);
}
