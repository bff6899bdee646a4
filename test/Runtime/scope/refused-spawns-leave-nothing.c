// Each way to spawn says why it did not: there is nobody who takes a task, no
// memory, or whoever takes them refuses. Nothing has run then and nothing is
// held, wherever the first refusal comes. Arguments are evaluated all the same.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fsanitize=address,undefined %s -o %t.asan
// RUN: %t.asan
#include "run.h"

static int evaluated, ran;

static yields int late(int value) { // an argument that suspends
  coro_yield_now();
  evaluated++;
  return value;
}

static yields void work(int value) {
  ran += value;
  coro_yield_now();
}

static int refuse(coro_spawner *self, coro_job *job, coro_any_task task,
                  coro_on_done *on_done) {
  (void)self, (void)job, (void)task, (void)on_done;
  return CORO_CLOSED;
}
static const coro_spawner_ops refusing_ops = {
    .version = CORO_CAPABILITY_VERSION, .spawn = refuse};
static coro_spawner refusing = {&refusing_ops};

static int be_busy(coro_sender *self, coro_job *job, coro_any_task task,
                   coro_on_done *on_done) {
  (void)self, (void)job, (void)task, (void)on_done;
  return CORO_BUSY;
}
static const coro_sender_ops sender_ops = {CORO_CAPABILITY_VERSION, be_busy,
                                           NULL};
static coro_sender busy = {&sender_ops};

/* All ways, where all of them fail: with these. */
static yields void refused(int why, int why_sent) {
  coro_spawned *one = (coro_spawned *)&one, *two = one, *three = one;
  CHECK(coro_try_spawn(&one, work, late(1)) == why && !one);
  CHECK(coro_try_spawn_send(&two, work, late(1)) == why_sent && !two);
  CHECK(!coro_spawn(work, late(1)) && !coro_spawn_send(work, late(1)));
  coro_scope_var(scope, 0);
  CHECK(coro_scope_try_spawn(&three, &scope, work, late(1)) == why && !three);
  CHECK(!coro_scope_spawn(&scope, work, late(1)));
  CHECK(coro_scope_wait(&scope) && !coro_scope_next(&scope));
  CHECK(held == 0);
}

static yields void refused_in_storage(int why) {
  static coro_child_storage(work) child;
  static coro_spawn_storage(work) own;
  coro_scope_var(scope, 0);
  CHECK(coro_scope_spawn_in(&scope, &child, work, 1) == why);
  CHECK(coro_spawn_in(&own, work, 1) == why);
}

static yields void taken_by_nobody(void) {
  CHECK(!coro_self()->spawner && !coro_self()->sender);
  refused(CORO_NOT_OFFERED, CORO_NOT_OFFERED);
  refused_in_storage(CORO_NOT_OFFERED);
}

static yields void taker_refuses(void) {
  coro_context *cx = coro_self();
  coro_spawner *real = cx->spawner;
  cx->spawner = &refusing;
  cx->sender = &busy;
  refused(CORO_CLOSED, CORO_BUSY);
  refused_in_storage(CORO_CLOSED);
  coro_self()->allocator = NULL;
  refused(CORO_REFUSED, CORO_REFUSED);
  coro_self()->spawner = real;
}

static yields void cancelled_scope(void) {
  coro_scope_var(scope, 0);
  coro_scope_cancel(&scope);
  coro_spawned *child;
  CHECK(coro_scope_try_spawn(&child, &scope, work, 1) == CORO_ENDED && !child);
  static coro_child_storage(work) here;
  CHECK(coro_scope_spawn_in(&scope, &here, work, 1) == CORO_ENDED);
}

/* Goes on without what it did not get; the sum of what it got. */
static yields int stubborn(int depth) {
  coro_scope_var(scope, 0);
  int sum = 1;
  for (int i = 0; i < depth; i++) {
    coro_spawned *child = coro_spawn(stubborn, i);
    if (child) {
      coro_wait(child);
      sum += *(int *)coro_result_any(child->job.task);
    }
    coro_detach(child);
    if (!coro_scope_spawn(&scope, stubborn, i))
      sum += 100;
  }
  for (coro_spawned *child; (child = coro_scope_next(&scope));)
    sum += *(int *)coro_result_any(child->job.task);
  return sum;
}

int main(void) {
  coro_block_on(taken_by_nobody);
  CHECK(evaluated == 6);
  RUN(taker_refuses);
  CHECK(evaluated == 18);
  RUN(cancelled_scope);
  CHECK(ran == 0);

  coro_spawned *none = coro_spawn_on(NULL, &counting, work, 1);
  CHECK(!none &&
        coro_try_spawn_on(&none, NULL, &counting, work, 1) == CORO_NOT_OFFERED);
  CHECK(coro_try_spawn_send_on(&none, NULL, &counting, work, 1) ==
        CORO_NOT_OFFERED);
  CHECK(coro_try_spawn_send_on(&none, &busy, NULL, work, 1) == CORO_REFUSED);
  CHECK(asked == 1 && held == 0); // for the cancelled scope

  CHECK(RUN(stubborn, 4)->task.result == 81);
  long all = asked;
  CHECK(all == 80);
  for (refuse_at = 1; refuse_at <= all; refuse_at++)
    CHECK(RUN(stubborn, 4)->task.result != 81);
  refuse_at = 0;
  CHECK(coro_try_spawn_on(&none, &refusing, &counting, work, 1) == CORO_CLOSED);
  CHECK(held == 0 && !none);
}
