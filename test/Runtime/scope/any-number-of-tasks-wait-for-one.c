// Any number of tasks wait for a spawned task and for a scope at the same time,
// each in its own way, and all hear of the end, who came first first: also
// where some are cancelled, give up, or let go of it before others have looked.
// By hand one polls at a time.
// RUN: %corocc %cflags -O0 %s -o %t && %t
// RUN: %corocc %cflags -O2 -fplugin-arg-coro-poison-dead %s -o %t && %t
// RUN: %corocc %cflags -O1 -fsanitize=address,undefined %s %rt_src -o %t.asan
// RUN: %t.asan
#include "run.h"

enum { MANY = 5 };

static char order[64];
static void note(char what) { order[strlen(order)] = what; }

static yields int count(int rounds) {
  for (int i = 0; i < rounds; i++)
    coro_yield_now();
  return rounds;
}

static yields void wait_for(coro_spawned *one, int i) {
  CHECK(coro_wait(one) == CORO_DONE && coro_wait(one) == CORO_DONE);
  CHECK(coro_spawned_result(one, count) == 9);
  note((char)('0' + i));
}

static yields void in_line(void) {
  coro_spawned *one = coro_spawn(count, 9), *who[MANY];
  for (int i = 0; i < MANY; i++)
    CHECK((who[i] = coro_spawn(wait_for, one, i)));
  for (int i = 0; i < 3; i++)
    coro_yield_now();
  coro_spawned_cancel(who[0]);
  coro_spawned_cancel(who[3]);
  CHECK(coro_wait(one) == CORO_DONE);
  note('p');
  for (int i = 0; i < MANY; i++) {
    coro_wait(who[i]);
    coro_detach(who[i]);
  }
  coro_detach(one);
  check_text(order, "124p");
}

/* A wait that is over before what it waits for. */
static yields bool gives_up(coro_spawned *one) {
  coro_task(count) quick;
  coro_start(&quick, count, 1);
  return coro_race(&quick, one) == 0;
}

static coro_spawned *ended; /* and to be let go of */

/* The first to go on lets go of it: the others have seen the end. */
static yields void take(coro_spawned *one, int how) {
  coro_spawned *never = coro_spawn(count, 100);
  switch (how) {
  case 0:
    CHECK(coro_wait(one) == CORO_DONE);
    break;
  case 1:
    coro_join(one, never);
    break;
  case 2:
    CHECK(coro_race(never, one) == 1);
    break;
  case 3:
    CHECK(coro_any(never, one) == 1);
    break;
  default:
    CHECK(gives_up(one));
    CHECK(coro_wait(one) == CORO_DONE);
  }
  if (ended == one) {
    ended = NULL;
    coro_detach(one);
  }
  note((char)('0' + how));
  coro_detach(never);
}

static yields void in_every_way(void) {
  for (int first = 0; first < MANY; first++) {
    memset(order, 0, sizeof(order));
    coro_spawned *one = ended = coro_spawn(count, 9), *who[MANY];
    for (int i = 0; i < MANY; i++)
      CHECK((who[i] = coro_spawn(take, one, (first + i) % MANY)));
    for (int i = 0; i < MANY; i++) {
      coro_wait(who[i]);
      coro_detach(who[i]);
    }
    CHECK(strlen(order) == MANY && !ended);
  }
}

/* One that waits is cancelled from plain C, with no context of its own. */
static yields void cancelled_by_hand(void) {
  coro_spawned *one = coro_spawn(count, 9);
  for (int i = 0; i < 2; i++) {
    coro_task(wait_for) waiting;
    coro_start(&waiting, wait_for, one, 0);
    coro_context cx = *coro_self();
    CHECK(coro_poll(&waiting, i ? (coro_context *)&coro_context_idle : &cx) ==
          CORO_PENDING);
    CHECK(coro_cancel_any(coro_erase(&waiting),
                          (coro_context *)&coro_context_idle) ==
          CORO_CANCELLED);
  }
  CHECK(coro_wait(one) == CORO_DONE);
  coro_detach(one);
}

/* The wait of a function that raises, or left coro_any, is over. */
static raises(int) yields void fails(void) {
  coro_yield_now();
  coro_raise(1);
}

static raises(int) yields void left_behind(coro_spawned *one) {
  coro_task(fails) failing;
  coro_start(&failing, fails);
  coro_any(&failing, one);
  coro_cancel(&failing);
}

static yields int caught(coro_spawned *one) {
  int number = 0;
  coro_try { left_behind(one); }
  coro_catch(int, e) { number = e; }
  return number;
}

static yields int left_any(coro_spawned *one) {
  coro_task(count) quick;
  coro_start(&quick, count, 1);
  return coro_any(one, &quick);
}

static yields void leaving(void) {
  coro_spawned *one = coro_spawn(count, 9);
  coro_spawned *a = coro_spawn(caught, one), *b = coro_spawn(left_any, one);
  coro_join(a, b);
  CHECK(coro_spawned_result(a, caught) == 1);
  CHECK(coro_spawned_result(b, left_any) == 1);
  coro_detach(a);
  coro_detach(b);
  CHECK(coro_wait(one) == CORO_DONE);
  coro_detach(one);
}

/* Of a scope: several collect what ends, others wait for all. */
static int collected;

static yields void collect(coro_scope *scope) {
  while (coro_scope_next(scope))
    collected++;
}

static yields void wait_for_all(coro_scope *scope) {
  CHECK(coro_scope_wait(scope));
  CHECK(coro_wait(&scope->all) == CORO_DONE);
  note('a');
}

static yields void of_a_scope(void) {
  coro_spawned *who[MANY];
  memset(order, 0, sizeof(order));
  {
    coro_scope_var(scope, 0);
    for (int i = 0; i < 9; i++)
      CHECK(coro_scope_spawn(&scope, count, 2 + i));
    for (int i = 0; i < MANY; i++)
      CHECK((who[i] = i < 3 ? coro_spawn(collect, &scope)
                            : coro_spawn(wait_for_all, &scope)));
    CHECK(coro_scope_wait(&scope));
    for (int i = 0; i < MANY; i++)
      coro_wait(who[i]);
  }
  for (int i = 0; i < MANY; i++)
    coro_detach(who[i]);
  CHECK(collected == 9);
  check_text(order, "aa");
}

/* The future in them is the same. */
static yields void hear(coro_spawned *one, coro_scope *scope) {
  CHECK(coro_wait(&one->future) == CORO_DONE);
  CHECK(coro_wait(&(scope->all).future) == CORO_DONE);
  coro_future *future = (coro_future *)&one->shared.future;
  CHECK(coro_wait(future) == CORO_DONE);
}

static yields void by_member(void) {
  coro_scope_var(scope, 0);
  coro_spawned *one = coro_scope_spawn(&scope, count, 9), *who[MANY];
  for (int i = 0; i < MANY; i++)
    CHECK((who[i] = coro_spawn(hear, one, &scope)));
  for (int i = 0; i < MANY; i++) {
    CHECK(coro_wait(who[i]) == CORO_DONE);
    coro_detach(who[i]);
  }
}

/* By hand there is one, whose waker may be another one each time; two threads
 * that block are two. */
static void set(void *woken) { *(int *)woken += 1; }
static const coro_waker_ops sets = {.wake = set};

static yields void by_hand(void) {
  coro_scope_var(scope, 0);
  coro_spawned *one = coro_scope_spawn(&scope, count, 9);
  coro_future *each[] = {&one->future, &scope.all.future, &scope.next.future};
  int woken[2] = {0, 0};
  for (int i = 0; i < 3; i++) {
    coro_parker first, second;
    coro_context *a = coro_parker_begin(&first),
                 *b = coro_parker_begin(&second);
    CHECK(each[i]->poll(each[i], a) == CORO_PENDING);
    CHECK(each[i]->poll(each[i], b) == CORO_TAKEN);
    CHECK(each[i]->cancel(each[i], a) == CORO_CANCELLED);
    CHECK(each[i]->poll(each[i], b) == CORO_PENDING);
    CHECK(each[i]->cancel(each[i], b) == CORO_CANCELLED);
    coro_context cx = *coro_self();
    for (int j = 0; j < 2; j++) {
      cx.waker = (coro_waker){&sets, &woken[j]};
      CHECK(each[i]->poll(each[i], &cx) == CORO_PENDING);
    }
  }
  CHECK(coro_wait(one) == CORO_DONE);
  CHECK(!woken[0] && woken[1] == 3);
}

int main(void) {
  RUN(in_line);
  RUN(in_every_way);
  RUN(cancelled_by_hand);
  RUN(leaving);
  RUN(of_a_scope);
  RUN(by_member);
  RUN(by_hand);
}
