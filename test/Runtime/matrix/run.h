/* Runs the cases of a file on each executor: see matrix.h. */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

enum {
#define CASE_NUMBER(name, without) CASE_##name,
  CASES(CASE_NUMBER) CASE_COUNT
};
static const struct {
  const char *name;
  unsigned without;
} cases[] = {
#define CASE_ROW(name, without) {#name, (without)},
    CASES(CASE_ROW)};

static yields void task(int which, int n) {
  switch (which) {
#define CASE_CALL(name, without)                                               \
  case CASE_##name:                                                            \
    name(n);                                                                   \
    break;
    CASES(CASE_CALL)
  }
}

static coro_pool *pool;

#ifdef ONLY_OPEN_EXECUTORS
/* The compiler refuses the others, and the table says so of each case. */
static void run_block_on(int which) { CHECK(which < 0); }
static void run_threads(int which) { CHECK(which < 0); }
static void run_closed(int which) { CHECK(which < 0); }
#else
CORO_EXECUTOR(set, task);

static yields void together(int which) {
  coro_task(task) a, b, c, d;
  coro_start(&a, task, which, 0);
  coro_start(&b, task, which, 1);
  coro_start(&c, task, which, 2);
  coro_start(&d, task, which, 3);
  coro_join(&a, &b, &c, &d);
}
static void run_block_on(int which) { coro_block_on(together, which); }

static void *thread(void *argument) {
  int number = (int)(uintptr_t)argument;
  coro_block_on(task, number / TASKS, number % TASKS);
  return NULL;
}
static void run_threads(int which) {
  pthread_t threads[TASKS];
  for (int n = 0; n < TASKS; n++)
    CHECK(!pthread_create(&threads[n], NULL, thread,
                          (void *)(uintptr_t)(which * TASKS + n)));
  for (int n = 0; n < TASKS; n++)
    CHECK(!pthread_join(threads[n], NULL));
}

static void run_closed(int which) {
  int error;
  struct coro_reactor *reactor = coro_reactor_open(&error);
  CHECK(reactor);
  coro_timers timers;
  coro_timers_init(&timers, NULL);
  static struct set e;
  static struct set_slot slots[TASKS];
  set_init(&e, slots, TASKS, reactor, &timers);
  for (int n = 0; n < TASKS; n++)
    CHECK(coro_closed_spawn(&e, task, which, n));
  CHECK(set_run(&e) == CORO_RUN_FINISHED);
  set_fini(&e);
  coro_reactor_close(reactor);
}
#endif

static void run_generic(int which) {
  coro_loop loop;
  CHECK(!coro_loop_init(&loop));
  coro_executor_context(&loop.executor)->offloader = &helpers.offloader;
  coro_task(task) tasks[TASKS];
  coro_job jobs[TASKS];
  for (int n = 0; n < TASKS; n++) {
    coro_start(&tasks[n], task, which, n);
    coro_loop_add(&loop, &jobs[n], coro_erase(&tasks[n]), NULL);
  }
  CHECK(coro_loop_run(&loop) == CORO_RUN_FINISHED);
  coro_loop_fini(&loop);
}

static void offer(void *user, coro_executor *executor, uint32_t worker) {
  (void)user, (void)worker;
  coro_executor_context(executor)->offloader = &helpers.offloader;
}
static void run_pool(int which) {
  static coro_task(task) tasks[TASKS];
  static coro_job jobs[TASKS];
  for (int n = 0; n < TASKS; n++) {
    coro_start(&tasks[n], task, which, n);
    CHECK(!coro_pool_send(pool, &jobs[n], coro_erase(&tasks[n]), NULL));
  }
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
}

/* The seeds are the same each time, and so is what they find. A wake that is
 * lost leaves nobody ready and no timer: the script's reactor says so. */
enum { SEEDS = 4 };
static void run_seed(int which, uint64_t seed) {
  coro_executor executor;
  coro_fake fake;
  coro_seeded order;
  coro_faulty_allocator memory;
  coro_fake_init(&fake, NULL, 0);
  coro_executor_init(&executor, &fake.reactor, &fake.timers);
  coro_seeded_init(&order, seed);
  coro_executor_set_scheduler(&executor, &order.scheduler);
  coro_faulty_allocator_init(&memory, &coro_allocator_default, 0, false);
  coro_executor_context(&executor)->allocator = &memory.allocator;
  coro_task(task) tasks[TASKS];
  coro_job jobs[TASKS];
  for (int n = 0; n < TASKS; n++) {
    coro_start(&tasks[n], task, which, n);
    coro_executor_add(&executor, &jobs[n], coro_erase(&tasks[n]), NULL);
  }
  if (coro_executor_run(&executor) != CORO_RUN_FINISHED) {
    fprintf(stderr, "%s: hangs with seed %d\n", cases[which].name, (int)seed);
    coro_dump(&executor, STDERR_FILENO);
    exit(1);
  }
  CHECK(!memory.live && !fake.waits);
  CHECK(coro_timers_until(&fake.timers) == CORO_FOREVER);
  coro_executor_fini(&executor);
}

/* What a lost wake looks like. */
static const char *now_running = "";
static void on_alarm(int number) {
  (void)number;
  static const char *const names[] = {"block_on ", "threads ", "generic ",
                                      "closed ",   "pool ",    "seeded "};
  (void)!write(2, names[on], strlen(names[on]));
  (void)!write(2, now_running, strlen(now_running));
  (void)!write(2, ": hangs\n", 8);
  _exit(1);
}

static void run_case(int which, uint64_t seed) {
  first = FRESH(coro_event, CORO_EVENT);
  second = FRESH(coro_event, CORO_EVENT);
  arrived = 0;
  now_running = cases[which].name;
  begin();
  switch (on) {
  case ON_BLOCK_ON:
    run_block_on(which);
    break;
  case ON_THREADS:
    run_threads(which);
    break;
  case ON_GENERIC:
    run_generic(which);
    break;
  case ON_CLOSED:
    run_closed(which);
    break;
  case ON_SEEDED:
    run_seed(which, seed);
    break;
  default:
    run_pool(which);
  }
  end();
}

/* Arguments: how many rounds, and the one case that is to run, if not all. */
int main(int count, char **arguments) {
  CHECK(count >= 2);
  rounds = atoi(arguments[1]);
  /* For coro_wait_signal: blocked in all threads. */
  sigset_t waited_for;
  sigemptyset(&waited_for);
  for (int n = 0; n < TASKS; n++)
    sigaddset(&waited_for, SIGRTMIN + n);
  CHECK(!pthread_sigmask(SIG_BLOCK, &waited_for, NULL));
  signal(SIGALRM, on_alarm);
  alarm(200);
  CHECK(!coro_helpers_start(&helpers, &(coro_helpers_options){.max = 2}));
  int error, ran = 0;
  pool = coro_pool_open(
      &(coro_pool_options){.workers = 3, .io = 1, .begin = offer}, &error);
  CHECK(pool);
  for (on = 0; on < EXECUTORS; on++)
    for (int which = 0; which < CASE_COUNT; which++)
      if (!(cases[which].without & 1u << on) &&
          (count < 3 || !strcmp(arguments[2], cases[which].name))) {
        for (uint64_t seed = on == ON_SEEDED ? SEEDS : 1; seed; seed--)
          run_case(which, seed);
        ran++;
      }
  coro_pool_close(pool);
  coro_helpers_stop(&helpers);
  CHECK(ran);
}
