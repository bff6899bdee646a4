// Tasks on all threads of a pool bring work at once, more than the helpers'
// queue holds: they wait, nothing is lost, and each goes on on its own thread.
// Cancelled from another thread, work that has not started never runs, and a
// task whose work runs ends after it. So does a pool that stops. Without an
// offloader the task makes the call.
// RUN: %corocc %cflags -O1 %s -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t && %t
#include "run.h"

enum { WORKERS = 4, MANY = 64, HELPERS = 2, LIMIT = 8, ROUNDS = 50 };

static coro_pool *pool;
static sem_t runs, go;
static int ran; /* atomic */

static void lend_helpers(void *user, coro_executor *executor, uint32_t worker) {
  (void)worker;
  coro_executor_context(executor)->offloader = user;
}

static void open_pool(coro_offloader *offloader) {
  int error;
  pool = coro_pool_open(&(coro_pool_options){.workers = WORKERS,
                                             .user = offloader,
                                             .begin = lend_helpers},
                        &error);
  CHECK(pool);
}

static void open_both(uint32_t threads) {
  CHECK(!coro_helpers_start(
      &helpers,
      &(coro_helpers_options){.min = threads, .max = threads, .limit = LIMIT}));
  open_pool(&helpers.offloader);
  __atomic_store_n(&ran, 0, __ATOMIC_SEQ_CST);
}

static void stop_helpers(void) {
  coro_helpers_state is = coro_helpers_now(&helpers);
  CHECK(is.queued == 0 && is.waiting == 0);
  coro_helpers_stop(&helpers);
}

struct one {
  coro_job job;
  coro_any_task task;
  coro_status ended; /* written on the pool's threads, read when it is idle */
  int began, ran, cleaned;
};

static void on_done(coro_job *job, coro_status status) {
  ((struct one *)job)->ended = status;
}

static void send_one(struct one *one, coro_any_task task) {
  CHECK(task.frame);
  one->task = task;
  one->ended = CORO_PENDING;
  CHECK(!coro_pool_send(pool, &one->job, task, on_done));
}

static void free_all(struct one *all, int count) {
  for (int i = 0; i < count; i++)
    coro_free(all[i].task);
}

/* Blocks a helper, and touches the frame of its task when it goes on. */
static int block(const int *number) {
  __atomic_add_fetch(&ran, 1, __ATOMIC_SEQ_CST);
  CHECK(coro_pool_here(pool) < 0);
  sem_post(&runs);
  wait_for(&go);
  return *number;
}

static void clean(struct one **one) { (*one)->cleaned++; }

static yields void wait_blocked(struct one *one) {
  __attribute__((cleanup(clean))) struct one *mine = one;
  int number = 42;
  CHECK(coro_offload(block, &number) == 42);
}

/* Waits until the helpers are busy and all others queued or in line. */
static void wait_full(size_t others) {
  for (int i = 0; i < HELPERS; i++)
    wait_for(&runs);
  for (;;) {
    coro_helpers_state is = coro_helpers_now(&helpers);
    CHECK(is.queued <= LIMIT && is.queued + is.waiting <= others);
    if (is.queued + is.waiting == others)
      break;
    sched_yield();
  }
}

/* The helpers are blocked: the queue is full, the rest in line; half of all is
 * cancelled there, and the rest runs. */
static void fill_the_queue(void) {
  open_both(HELPERS);
  struct one all[MANY] = {0};
  for (int i = 0; i < MANY; i++)
    send_one(&all[i], coro_new(&coro_allocator_default, wait_blocked, &all[i]));
  wait_full(MANY - HELPERS);
  CHECK(coro_helpers_now(&helpers).waiting == MANY - HELPERS - LIMIT);
  for (int i = 0; i < MANY; i += 2)
    coro_pool_cancel(pool, &all[i].job);
  /* Of those that run, none to both may have been among the cancelled. */
  size_t least = MANY / 2 - HELPERS;
  while (coro_helpers_now(&helpers).queued +
             coro_helpers_now(&helpers).waiting >
         least + HELPERS)
    sched_yield();
  CHECK(coro_pool_wait(pool, 0) == CORO_TIMED_OUT);
  for (int i = 0; i < MANY; i++)
    sem_post(&go);
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  int done = 0;
  for (int i = 0; i < MANY; i++) {
    CHECK(all[i].cleaned == 1);
    CHECK(all[i].ended == (i % 2 ? CORO_DONE : CORO_CANCELLED));
    done += i % 2;
  }
  int started = __atomic_load_n(&ran, __ATOMIC_SEQ_CST);
  CHECK(started >= done && started <= done + HELPERS);
  coro_pool_close(pool);
  stop_helpers();
  free_all(all, MANY);
  while (!sem_trywait(&runs))
    ;
  while (!sem_trywait(&go))
    ;
}

/* One runs and one is queued when the pool stops. */
static void stop_while_it_runs(void) {
  open_both(1);
  struct one runs_now = {0}, queued = {0};
  send_one(&runs_now,
           coro_new(&coro_allocator_default, wait_blocked, &runs_now));
  wait_for(&runs);
  send_one(&queued, coro_new(&coro_allocator_default, wait_blocked, &queued));
  while (!coro_helpers_now(&helpers).queued)
    sched_yield();
  coro_pool_stop(pool, CORO_FOREVER);
  while (coro_helpers_now(&helpers).queued)
    sched_yield();
  nanosleep(&(struct timespec){0, 10 * CORO_MILLISECOND}, NULL);
  CHECK(runs_now.ended == CORO_PENDING && runs_now.cleaned == 0);
  sem_post(&go);
  CHECK(coro_pool_join(pool) == 0);
  CHECK(runs_now.ended == CORO_CANCELLED && queued.ended == CORO_CANCELLED);
  CHECK(runs_now.cleaned == 1 && queued.cleaned == 1);
  CHECK(__atomic_load_n(&ran, __ATOMIC_SEQ_CST) == 1);
  coro_pool_close(pool);
  stop_helpers();
  free_all(&runs_now, 1);
  free_all(&queued, 1);
}

static int add_one(struct one *one, int number) {
  CHECK(coro_pool_here(pool) < 0);
  one->ran++;
  return number + 1;
}

/* Some of its works run into a time limit at any moment. */
static yields void add_often(struct one *one) {
  int thread = coro_pool_here(pool);
  for (int i = 0; i < ROUNDS; i++) {
    one->began++;
    CHECK(coro_offload(add_one, one, i) == i + 1);
    CHECK(coro_pool_here(pool) == thread && one->ran == one->began);
  }
}

static yields void add_briefly(struct one *one, uint64_t seed) {
  for (int i = 0; i < 4; i++) {
    coro_task(add_often) often;
    coro_start(&often, add_often, one);
    coro_timeout(next_random(&seed) % 100000, &often);
    CHECK(one->ran == one->began || one->ran == one->began - 1);
    one->began = one->ran = 0;
  }
}

static void hurry(void) {
  open_both(HELPERS);
  struct one all[2 * MANY] = {0};
  for (int i = 0; i < 2 * MANY; i++)
    send_one(&all[i],
             i < MANY ? coro_new(&coro_allocator_default, add_often, &all[i])
                      : coro_new(&coro_allocator_default, add_briefly, &all[i],
                                 (uint64_t)i));
  CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0);
  for (int i = 0; i < 2 * MANY; i++) {
    CHECK(all[i].ended == CORO_DONE);
    CHECK(i >= MANY || all[i].ran == ROUNDS);
  }
  coro_pool_close(pool);
  stop_helpers();
  free_all(all, 2 * MANY);
}

static int where(void) { return coro_pool_here(pool); }
static void never(coro_work *work) {
  (void)work;
  CHECK(false);
}

static yields void without(void) {
  CHECK(coro_self()->offloader == NULL);
  CHECK(coro_offload(where) == coro_pool_here(pool) && where() >= 0);
  coro_work work;
  coro_work_init(&work, never);
  CHECK(coro_offload_work(&work) == CORO_NOT_OFFERED);
  CHECK(coro_work_try(&work, coro_self()->offloader) == CORO_NOT_OFFERED);
}

/* The helpers end before the pool: the same, for another reason. */
static yields void after_the_helpers(void) {
  CHECK(coro_offload(where) == coro_pool_here(pool) && where() >= 0);
  coro_work work;
  coro_work_init(&work, never);
  CHECK(coro_offload_work(&work) == CORO_CLOSED);
}

static void refuse(void) {
  coro_task(without) task;
  open_pool(NULL);
  coro_start(&task, without);
  CHECK(coro_pool_run(pool, coro_erase(&task)) == CORO_DONE);
  coro_pool_close(pool);
  open_both(1);
  stop_helpers();
  coro_task(after_the_helpers) late;
  coro_start(&late, after_the_helpers);
  CHECK(coro_pool_run(pool, coro_erase(&late)) == CORO_DONE);
  coro_pool_close(pool);
}

int main(void) {
  sem_init(&runs, 0, 0);
  sem_init(&go, 0, 0);
  fill_the_queue();
  stop_while_it_runs();
  hurry();
  refuse();
}
