// A closed set offers no offloader: coro_offload is the call itself there. Work
// that was given to helpers by name is waited for like anywhere else, and they
// wake the set. Cancelled before it starts it never runs; while it runs, the
// task ends after it; so does a set that shuts down.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %coro %cflags -O2 -fsanitize=address,undefined %s %rt_asan -o %t && %t
// RUN: %coro %cflags -O1 -fsanitize=thread %s %rt_tsan -o %t && %t
#include "run.h"

enum { TASKS_OF_SET = 16, ROUNDS = 200 };

static sem_t runs, go;
static pthread_t here;

struct own_work {
  coro_work work;
  int n, blocks;
};

static int ran; /* atomic */

static void run_own(coro_work *work) {
  struct own_work *own = (struct own_work *)work;
  CHECK(!pthread_equal(here, pthread_self()));
  __atomic_add_fetch(&ran, 1, __ATOMIC_SEQ_CST);
  if (own->blocks) {
    sem_post(&runs);
    wait_for(&go);
  }
  own->n++;
}

static int cleaned;
static void clean(struct own_work *own) {
  CHECK(own->work.offloader == NULL); /* nobody has it any more */
  cleaned++;
}

static yields int wait_own(int blocks) {
  __attribute__((cleanup(clean))) struct own_work own = {.n = 1,
                                                         .blocks = blocks};
  coro_work_init(&own.work, run_own);
  CHECK(coro_work_try(&own.work, &helpers.offloader) == 0);
  coro_wait(&own.work.future);
  CHECK(own.work.result == 0);
  return own.n;
}

/* Waits for a place in the queue, too: the set has others to poll meanwhile. */
static yields int wait_often(void) {
  struct own_work own = {0};
  for (int i = 0; i < ROUNDS; i++) {
    coro_work_init(&own.work, run_own);
    while (coro_work_try(&own.work, &helpers.offloader) == CORO_BUSY)
      coro_yield_now();
    coro_wait(&own.work.future);
    CHECK(own.n == i + 1);
  }
  return own.n;
}

static int is_here(void) { return pthread_equal(here, pthread_self()) != 0; }

static yields int call_here(void) {
  CHECK(coro_self()->offloader == NULL);
  return coro_offload(is_here);
}

CORO_EXECUTOR(waiting, wait_own, wait_often, call_here);

static struct waiting set;
static struct waiting_slot slots[TASKS_OF_SET];

static void open_set(coro_helpers_options options) {
  CHECK(!coro_helpers_start(&helpers, &options));
  waiting_init(&set, slots, TASKS_OF_SET, NULL, NULL);
  __atomic_store_n(&ran, 0, __ATOMIC_SEQ_CST);
  cleaned = 0;
}

static void close_set(void) {
  CHECK(waiting_tasks(&set) == 0);
  waiting_fini(&set);
  coro_helpers_state is = coro_helpers_now(&helpers);
  CHECK(is.queued == 0 && is.waiting == 0);
  coro_helpers_stop(&helpers);
}

static void step_all(void) {
  while (waiting_step(&set))
    ;
}

static void without(void) {
  open_set((coro_helpers_options){.max = 1});
  struct waiting_slot *slot = coro_closed_keep(&set, call_here);
  CHECK(waiting_run(&set) == CORO_RUN_FINISHED);
  CHECK(slot->task.call_here.result == 1);
  waiting_drop(&set, slot);
  close_set();
}

static void many(void) {
  open_set((coro_helpers_options){.max = 2, .limit = 4});
  struct waiting_slot *all[TASKS_OF_SET];
  for (int i = 0; i < TASKS_OF_SET; i++)
    CHECK((all[i] = coro_closed_keep(&set, wait_often)));
  CHECK(waiting_run(&set) == CORO_RUN_FINISHED);
  for (int i = 0; i < TASKS_OF_SET; i++)
    CHECK(all[i]->task.wait_often.result == ROUNDS);
  CHECK(ran == TASKS_OF_SET * ROUNDS);
  close_set();
}

/* One runs, one is queued; both are cancelled, by one means or another. */
static void cancel_both(bool shut_down) {
  open_set((coro_helpers_options){.min = 1, .max = 1});
  struct waiting_slot *first = coro_closed_keep(&set, wait_own, 1);
  step_all();
  wait_for(&runs);
  struct waiting_slot *second = coro_closed_keep(&set, wait_own, 0);
  step_all();
  CHECK(coro_helpers_now(&helpers).queued == 1);
  if (shut_down) {
    CHECK(waiting_shutdown(&set, 20 * CORO_MILLISECOND) ==
          1); /* the one that runs stays */
  } else {
    waiting_cancel(&set, first);
    waiting_cancel(&set, second);
    step_all();
  }
  CHECK(waiting_status(second) == CORO_CANCELLED && cleaned == 1);
  CHECK(waiting_status(first) == CORO_PENDING);
  CHECK(coro_helpers_now(&helpers).queued == 0);
  sem_post(&go);
  if (shut_down)
    CHECK(waiting_shutdown(&set, CORO_FOREVER) == 0);
  else
    CHECK(waiting_run(&set) == CORO_RUN_FINISHED);
  CHECK(waiting_status(first) == CORO_CANCELLED && cleaned == 2 && ran == 1);
  close_set();
}

int main(void) {
  sem_init(&runs, 0, 0);
  sem_init(&go, 0, 0);
  here = pthread_self();
  without();
  many();
  cancel_both(/*shut_down=*/false);
  cancel_both(/*shut_down=*/true);
}
