// A thread is stopped inside a wake: where it has said that it is the one to
// put the task into the queue of the woken, and has not done so; or where it
// has, and still owes a notification. What would give back the storage it is
// going to touch waits: the end of a job, alone and in a pool; of a coro_call;
// of an executor, with jobs left and without, or while it is told to stop; of a
// closed set.
// RUN: %coro %cflags -DCORO_TRACE %s %rt_trace -o %t && %t
// RUN: %coro %cflags -O1 -DCORO_TRACE -fsanitize=address,undefined %s %rt_asan -o %t.asan && %t.asan
// RUN: %coro %cflags -O1 -DCORO_TRACE -fsanitize=thread %s %rt_tsan -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/coro.h>
#include <coro/reactor.h>
#include <coro/trace.h>
#include <pthread.h>
#include <sched.h>

/* How far it is; atomic. */
static struct {
  uint32_t stopped; /* the thread is inside the wake */
  uint32_t ending;  /* the other one is about to end something */
  uint32_t ended;   /* and has: too early, if the first has not gone on */
  uint32_t gone_on;
} now;

static _Thread_local bool stops_here;

static void set(uint32_t *what) { __atomic_store_n(what, 1, __ATOMIC_SEQ_CST); }

static bool is(const uint32_t *what) {
  return __atomic_load_n(what, __ATOMIC_SEQ_CST);
}

static void wait_for(const uint32_t *what) {
  while (!is(what))
    sched_yield();
}

/* Inside the wake. Goes on a while after the end has begun, or once it is over:
 * then the other one finds that it did not wait. */
static void stop(void) {
  set(&now.stopped);
  wait_for(&now.ending);
  uint64_t until = coro_now() + 20 * CORO_MILLISECOND;
  while (!is(&now.ended) && coro_now() < until)
    sched_yield();
  if (!is(&now.ended))
    set(&now.gone_on);
}

/* Between the claim and the push: see runtime/exec/run_queue.h. */
static void on_event(const coro_trace_event *what) {
  if (what->kind == CORO_TRACE_WOKEN && stops_here)
    stop();
}

static void check_waited(void) {
  set(&now.ended);
  CHECK(is(&now.gone_on));
}

static void *wake(void *waker) {
  stops_here = true;
  coro_wake(*(coro_waker *)waker);
  return NULL;
}

static void *request(void *call) {
  stops_here = true;
  coro_call_request(call);
  return NULL;
}

/* A thread that is now stopped inside of main, and what comes is an end. */
static pthread_t stopped_in(void *(*main)(void *argument), void *argument) {
  memset(&now, 0, sizeof(now));
  pthread_t thread;
  CHECK(!pthread_create(&thread, NULL, main, argument));
  wait_for(&now.stopped);
  set(&now.ending);
  return thread;
}

/* Done when it is polled again. */
static coro_waker waker;
static uint32_t waits; /* atomic */

static coro_status poll_once(void *frame, coro_context *cx) {
  if ((*(int *)frame)++)
    return CORO_DONE;
  waker = cx->waker;
  set(&waits);
  return CORO_PENDING;
}
static const coro_descriptor once = BY_HAND(int, poll_once);

static void ended(coro_job *job, coro_status status) {
  (void)job, (void)status;
  check_waited();
}

static void end_a_job(void) {
  coro_executor *executor = malloc(sizeof(*executor));
  coro_job *job = malloc(sizeof(*job));
  int polls = 0;
  coro_executor_init(executor, NULL, NULL);
  coro_executor_add(executor, job, (coro_any_task){&polls, &once}, ended);
  CHECK(coro_executor_step(executor));
  coro_wake_local(waker);
  pthread_t thread = stopped_in(wake, &waker);
  CHECK(coro_executor_step(executor) && polls == 2);
  free(job);
  coro_executor_fini(executor);
  free(executor);
  pthread_join(thread, NULL);
}

static void take_out_a_job(void) {
  coro_executor executor;
  coro_job *job = malloc(sizeof(*job));
  int polls = 0;
  coro_executor_init(&executor, NULL, NULL);
  coro_executor_add(&executor, job, (coro_any_task){&polls, &once}, NULL);
  CHECK(coro_executor_step(&executor));
  pthread_t thread = stopped_in(wake, &waker);
  CHECK(!coro_job_remove(job));
  check_waited();
  free(job);
  pthread_join(thread, NULL);
  coro_executor_fini(&executor);
}

static void nothing(coro_call *call) { (void)call; }

static void end_a_call(void) {
  coro_executor executor;
  coro_executor_init(&executor, NULL, NULL);
  coro_call *call = malloc(sizeof(*call));
  coro_call_init(call, &executor, nothing);
  pthread_t thread = stopped_in(request, call);
  coro_call_end(call);
  check_waited();
  free(call);
  pthread_join(thread, NULL);
  coro_executor_fini(&executor);
}

/* With a job that is left, and so are the known slots. */
static void end_an_executor(bool in_slot) {
  struct slot {
    coro_runnable run;
    int polls;
  } slots[2] = {0};
  coro_slots known = {NULL, slots, 2, sizeof(slots[0])};
  coro_executor *executor = malloc(sizeof(*executor));
  coro_job job;
  int polls = 0;
  coro_executor_init(executor, NULL, NULL);
  coro_executor_know_slots(executor, &known);
  if (in_slot)
    coro_executor_add_slot(executor, &slots[0].run,
                           (coro_any_task){&slots[0].polls, &once});
  else
    coro_executor_add(executor, &job, (coro_any_task){&polls, &once}, NULL);
  CHECK(coro_executor_step(executor));
  pthread_t thread = stopped_in(wake, &waker);
  coro_executor_fini(executor);
  check_waited();
  free(executor);
  pthread_join(thread, NULL);
}

static void *stop_executor(void *executor) {
  stops_here = true;
  coro_executor_stop(executor);
  return NULL;
}

static void end_a_stopped_executor(void) {
  coro_executor *executor = malloc(sizeof(*executor));
  coro_executor_init(executor, NULL, NULL);
  pthread_t thread = stopped_in(stop_executor, executor);
  coro_executor_fini(executor);
  check_waited();
  free(executor);
  pthread_join(thread, NULL);
}

static yields void passes(void) {
  waker = coro_self()->waker;
  coro_suspend();
}

CORO_EXECUTOR(set_of_one, passes);

static void end_a_closed_set(void) {
  struct set_of_one *e = malloc(sizeof(*e));
  struct set_of_one_slot *slot = malloc(sizeof(*slot));
  set_of_one_init(e, slot, 1, NULL, NULL);
  CHECK(coro_closed_spawn(e, passes));
  CHECK(set_of_one_step(e));
  pthread_t thread = stopped_in(wake, &waker);
  coro_wake_local(waker);
  CHECK(set_of_one_step(e) && set_of_one_tasks(e) == 0);
  set_of_one_fini(e);
  check_waited();
  free(slot);
  free(e);
  pthread_join(thread, NULL);
}

static void end_a_pool(void) {
  int error;
  coro_pool *pool = coro_pool_open(&(coro_pool_options){.workers = 2}, &error);
  CHECK(pool);
  coro_job *job = malloc(sizeof(*job));
  int polls = 0;
  waits = 0;
  CHECK(!coro_pool_send(pool, job, (coro_any_task){&polls, &once}, ended));
  wait_for(&waits);
  pthread_t thread = stopped_in(wake, &waker);
  coro_pool_stop(pool, CORO_FOREVER); /* cancels it */
  CHECK(coro_pool_join(pool) == 0 && is(&now.ended));
  free(job);
  coro_pool_close(pool);
  pthread_join(thread, NULL);
}

/* A reactor for one sleep, which ends before the notification it waits for. */
struct late {
  coro_reactor reactor;
  pthread_t thread;
  uint32_t notified; /* atomic; counted once */
};

static int late_gather(coro_reactor *reactor, uint64_t ns) {
  struct late *self = (struct late *)reactor;
  if (ns && !self->thread) {
    self->thread = stopped_in(wake, &waker);
    return 0;
  }
  if (ns)
    wait_for(&self->notified);
  return (int)__atomic_exchange_n(&self->notified, 0, __ATOMIC_SEQ_CST);
}

static void late_deliver(coro_reactor *reactor) { (void)reactor; }

static void late_notify(coro_reactor *reactor) {
  stop();
  set(&((struct late *)reactor)->notified);
}

static void end_a_notified_executor(void) {
  static const coro_reactor_ops ops = {.version = CORO_CAPABILITY_VERSION,
                                       .name = "late",
                                       .gather = late_gather,
                                       .deliver = late_deliver,
                                       .notify = late_notify};
  struct late *late = calloc(1, sizeof(*late));
  late->reactor.ops = &ops;
  coro_executor *executor = malloc(sizeof(*executor));
  coro_job job;
  int polls = 0;
  coro_executor_init(executor, &late->reactor, NULL);
  coro_executor_add(executor, &job, (coro_any_task){&polls, &once}, NULL);
  coro_trace_set_hook(NULL);
  CHECK(coro_executor_run(executor) == CORO_RUN_FINISHED && polls == 2);
  pthread_t thread = late->thread;
  coro_executor_fini(executor);
  check_waited();
  free(executor);
  free(late);
  pthread_join(thread, NULL);
}

int main(void) {
  CHECK(!coro_trace_set_hook(on_event));
  end_a_job();
  take_out_a_job();
  end_a_call();
  end_an_executor(/*in_slot=*/false);
  end_an_executor(/*in_slot=*/true);
  end_a_stopped_executor();
  end_a_closed_set();
  end_a_pool();
  end_a_notified_executor();
  return 0;
}
