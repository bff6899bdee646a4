// A signal has the executor's thread dump its tasks: of one that sleeps, of one
// that is busy, of each thread of a pool; signals in a row do no harm, and
// after the end of the watch nothing is written.
// RUN: %coro %cflags -O1 %s %rt -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
// RUN: %coro %cflags -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
#include "../check.h"

#include <coro/coro.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static int written[2];
static char text[1 << 16];
static uint32_t ready; /* atomic */

/* What was written until `count` dumps were begun, or ten seconds are over. */
static const char *dumps(int count) {
  size_t size = 0;
  for (int i = 0; i < 10000; i++) {
    ssize_t more = read(written[0], text + size, sizeof(text) - 1 - size);
    size += more > 0 ? (size_t)more : 0;
    text[size] = 0;
    int seen = 0;
    for (const char *at = text; (at = strstr(at, " task;")); at++)
      seen++;
    if (seen >= count && text[size - 1] == '\n')
      break;
    usleep(1000);
  }
  return text;
}

static void open_pipe(void) {
  CHECK(!pipe(written));
  CHECK(!fcntl(written[0], F_SETFL, O_NONBLOCK));
}

yields static void sleepy(void) {
  __atomic_fetch_add(&ready, 1, __ATOMIC_SEQ_CST);
  coro_sleep(CORO_FOREVER);
}

yields static void busy(const bool *over) {
  __atomic_fetch_add(&ready, 1, __ATOMIC_SEQ_CST);
  while (!__atomic_load_n(over, __ATOMIC_RELAXED))
    coro_yield_now();
}

static bool over;
static coro_loop loop;

static void *run(void *user) {
  (void)user;
  CHECK(coro_loop_run(&loop) >= 0);
  return NULL;
}

static void wait_until_ready(uint32_t count) {
  while (__atomic_load_n(&ready, __ATOMIC_SEQ_CST) < count)
    usleep(100);
  ready = 0;
}

/* The signal goes to this thread; the executor is in another, and polls a task
 * that never waits, or sleeps. */
static void check_thread(coro_any_task task, const char *expected) {
  open_pipe();
  coro_job job;
  pthread_t thread;
  coro_dump_watch watch;
  CHECK(!coro_loop_init(&loop));
  CHECK(!coro_dump_on_signal(&watch, &loop.executor, SIGUSR1, written[1]));
  coro_loop_add(&loop, &job, task, NULL);
  CHECK(!pthread_create(&thread, NULL, run, NULL));
  wait_until_ready(1);
  usleep(1000); /* likely asleep by now */
  CHECK(!raise(SIGUSR1));
  CHECK(strstr(dumps(1), expected));
  for (int i = 0; i < 1000; i++)
    CHECK(!raise(SIGUSR1));
  CHECK(strstr(dumps(1), expected));
  __atomic_store_n(&over, true, __ATOMIC_RELAXED);
  coro_loop_stop(&loop);
  CHECK(!pthread_join(thread, NULL));
  coro_dump_on_signal_end(&watch);
  while (read(written[0], text, sizeof(text)) > 0)
    ;
  CHECK(!raise(SIGUSR1));
  CHECK(coro_executor_shutdown(&loop.executor, CORO_SECOND) == 0);
  CHECK(read(written[0], text, 1) < 0);
  coro_loop_fini(&loop);
  over = false;
}

/* The signal comes to the thread whose executor it is, and whose call of
 * coro_executor_step then is the next. */
static void check_step(void) {
  open_pipe();
  coro_job job;
  coro_dump_watch watch;
  CHECK(!coro_loop_init(&loop));
  CHECK(!coro_dump_on_signal(&watch, &loop.executor, SIGUSR1, written[1]));
  coro_task(sleepy) task;
  coro_start(&task, sleepy);
  coro_loop_add(&loop, &job, coro_erase(&task), NULL);
  CHECK(!raise(SIGUSR1));
  while (coro_executor_step(&loop.executor))
    ;
  CHECK(strstr(dumps(1), "1. sleepy: waiting"));
  CHECK(!raise(SIGUSR1));
  coro_dump_on_signal_end(&watch); /* before it was seen */
  CHECK(!coro_executor_step(&loop.executor));
  CHECK(read(written[0], text, 1) < 0);
  CHECK(coro_executor_shutdown(&loop.executor, CORO_SECOND) == 0);
  coro_loop_fini(&loop);
  ready = 0;
}

enum { WORKERS = 3 };
static coro_dump_watch watches[WORKERS];
static coro_job jobs[WORKERS];
static coro_task(sleepy) tasks[WORKERS];

static void begin(void *user, coro_executor *executor, uint32_t worker) {
  (void)user;
  coro_start(&tasks[worker], sleepy);
  coro_executor_add(executor, &jobs[worker], coro_erase(&tasks[worker]), NULL);
  CHECK(!coro_dump_on_signal(&watches[worker], executor, SIGUSR1, written[1]));
}

static void end(void *user, coro_executor *executor, uint32_t worker) {
  (void)user, (void)executor;
  coro_dump_on_signal_end(&watches[worker]);
  coro_dump_on_signal_end(&watches[worker]);
}

static void check_pool(void) {
  open_pipe();
  int error;
  coro_pool_options options = {.workers = WORKERS, .begin = begin, .end = end};
  coro_pool *pool = coro_pool_open(&options, &error);
  CHECK(pool);
  wait_until_ready(WORKERS);
  CHECK(!raise(SIGUSR1));
  const char *at = dumps(WORKERS);
  for (int i = 0; i < WORKERS; i++)
    CHECK((at = strstr(at, "1. sleepy: ")) && at++);
  coro_pool_close(pool);
  CHECK(!raise(SIGUSR1));
}

int main(void) {
  coro_task(sleepy) first;
  coro_start(&first, sleepy);
  check_thread(coro_erase(&first), "1. sleepy: waiting");
  coro_task(busy) second;
  coro_start(&second, busy, &over);
  check_thread(coro_erase(&second), "1. busy: ready");
  check_step();
  check_pool();
  coro_dump_watch nothing = {.fd = -1};
  CHECK(coro_dump_on_signal(&nothing, &loop.executor, SIGKILL, 1) == -22);
}
