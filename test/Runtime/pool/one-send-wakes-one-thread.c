// How many threads a send wakes is counted, by the hooks of a runtime that
// traces: one, where all sleep, and nobody, where all are busy. Never more than
// there is work, also where much comes at once and from inside.
// RUN: %coro %cflags -O1 -DCORO_TRACE %s %rt_trace -o %t && %t
// RUN: %coro %cflags -O1 -DCORO_TRACE -fsanitize=thread %s %rt_src %rt -o %t.tsan && %t.tsan
#include "../check.h"

#include <coro/coro.h>
#include <coro/trace.h>
#include <sched.h>

enum { WORKERS = 4, ROUNDS = 300, BURST = 32 };

static coro_pool *pool;
static uint32_t calls; /* atomic: of threads */
static uint32_t busy;  /* atomic */
static uint32_t go_on; /* atomic */

struct sent {
  coro_job job;
  int runs;
};
static struct sent all[BURST];

/* Tasks are woken here by nobody: what is woken is a thread. */
static void on_event(const coro_trace_event *what) {
  if (what->kind == CORO_TRACE_WOKEN)
    __atomic_fetch_add(&calls, 1, __ATOMIC_SEQ_CST);
}

static uint32_t take_calls(void) {
  return __atomic_exchange_n(&calls, 0, __ATOMIC_SEQ_CST);
}

static coro_status poll_short(void *frame, coro_context *cx) {
  (void)cx;
  ((struct sent *)frame)->runs++;
  return CORO_DONE;
}
static const coro_descriptor brief = BY_HAND(struct sent, poll_short);

static coro_status poll_blocked(void *frame, coro_context *cx) {
  (void)frame, (void)cx;
  __atomic_fetch_add(&busy, 1, __ATOMIC_SEQ_CST);
  while (!__atomic_load_n(&go_on, __ATOMIC_SEQ_CST))
    sched_yield();
  return CORO_DONE;
}
static const coro_descriptor blocked = BY_HAND(char, poll_blocked);

/* Sends the others of the burst. */
static coro_status poll_sender(void *frame, coro_context *cx) {
  (void)frame;
  for (int i = 1; i < BURST; i++)
    CHECK(!cx->sender->ops->send(cx->sender, &all[i].job,
                                 (coro_any_task){&all[i], &brief}, NULL));
  return CORO_DONE;
}
static const coro_descriptor sender = BY_HAND(char, poll_sender);

static void send_to(struct sent *one, const coro_descriptor *coro) {
  CHECK(!coro_pool_send(pool, &one->job, (coro_any_task){one, coro}, NULL));
}

static void wait_idle(void) { CHECK(coro_pool_wait(pool, CORO_FOREVER) == 0); }

static void send_to_sleepers(void) {
  wait_idle();
  take_calls();
  for (int i = 0; i < ROUNDS; i++) {
    send_to(&all[0], &brief);
    wait_idle();
    CHECK(take_calls() == 1);
  }
}

/* One call for each job that comes, and one for each taken that leaves some. */
static void send_bursts(void) {
  for (int i = 0; i < ROUNDS; i++) {
    if (i % 2) {
      for (int j = 0; j < BURST; j++)
        send_to(&all[j], &brief);
    } else {
      send_to(&all[0], &sender);
    }
    wait_idle();
    uint32_t called = take_calls();
    CHECK(called >= 1 && called < 2 * BURST);
  }
}

static void send_to_busy(void) {
  struct sent blocks[WORKERS];
  for (int i = 0; i < WORKERS; i++)
    send_to(&blocks[i], &blocked);
  while (__atomic_load_n(&busy, __ATOMIC_SEQ_CST) < WORKERS)
    sched_yield();
  take_calls();
  for (int i = 0; i < BURST; i++)
    send_to(&all[i], &brief);
  CHECK(take_calls() == 0);
  __atomic_store_n(&go_on, 1, __ATOMIC_SEQ_CST);
  wait_idle();
}

int main(void) {
  CHECK(!coro_trace_set_hook(on_event));
  int error;
  pool = coro_pool_open(&(coro_pool_options){.workers = WORKERS}, &error);
  CHECK(pool);
  send_to_sleepers();
  send_bursts();
  send_to_busy();
  coro_pool_close(pool);
  CHECK(all[0].runs == ROUNDS + ROUNDS / 2 + 1);
  for (int i = 1; i < BURST; i++)
    CHECK(all[i].runs == ROUNDS + 1);
}
