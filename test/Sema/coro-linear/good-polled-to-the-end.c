// RUN: %coro -fsyntax-only -Xclang -verify %s
// Loops that end when the task has.
// expected-no-diagnostics
#include <assert.h>
#include <coro/coro.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;
int step(int n);
struct options {
  volatile bool stop;
};
static void finish(coro_task(f) *t) {
  while (coro_poll(t, &cx) == CORO_PENDING)
    ;
}

int loop(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
  return t.result;
}

int until_done(int n) {
  for (int i = 0; i < n; i++) {
    coro_task(f) t;
    if (i == 2)
      continue;
    coro_start(&t, f, 1);
    coro_status s;
    do {
      s = coro_poll(&t, &cx);
    } while (s != CORO_DONE);
    if (i == 4)
      break;
  }
  return 0;
}

int two(int n) {
  coro_task(f) a, b;
  coro_start(&a, f, 1);
  coro_start(&b, f, n);
  coro_status as, bs;
  do {
    as = coro_poll(&a, &cx);
    bs = coro_poll(&b, &cx);
  } while (as != CORO_DONE || bs != CORO_DONE);
  return a.result + b.result;
}

int two_pending(int n) {
  coro_task(f) a, b;
  coro_start(&a, f, 1);
  coro_start(&b, f, n);
  coro_status as = CORO_PENDING, bs = CORO_PENDING;
  while (as == CORO_PENDING || bs == CORO_PENDING) {
    if (as == CORO_PENDING)
      as = coro_poll(&a, &cx);
    if (bs == CORO_PENDING)
      bs = coro_poll(&b, &cx);
  }
  return a.result + b.result;
}

int two_left(int n) {
  coro_task(f) a, b;
  coro_start(&a, f, 1);
  coro_start(&b, f, n);
  bool a_done = false, b_done = false;
  int left = 2;
  while (left) {
    if (!a_done && coro_poll(&a, &cx) == CORO_DONE) {
      a_done = true;
      left--;
    }
    if (!b_done && coro_poll(&b, &cx) == CORO_DONE)
      b_done = true, --left;
  }
  return a.result + b.result;
}

int bool_status(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  for (;;) {
    bool done = coro_poll(&t, &cx) == CORO_DONE;
    if (done)
      break;
  }
  return t.result;
}

int status_switch(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  for (;;)
    switch (coro_poll(&t, &cx)) {
    case CORO_DONE:
      return t.result;
    case CORO_PENDING:
      continue;
    default:
      return -1;
    }
}

int again(void) {
  coro_task(f) t;
  int sum = 0;
  for (int i = 0; i < 4; i++) {
    coro_start(&t, f, i);
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
    sum += t.result;
  }
  return sum;
}

int asserted(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  assert(coro_poll(&t, &cx) == CORO_PENDING);
  assert(coro_poll(&t, &cx) == CORO_DONE);
  return t.result;
}

int printed(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  coro_poll(&t, &cx);
  coro_poll(&t, &cx);
  return t.result;
}

void polled_status_unknown(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  printf("%d\n", coro_poll(&t, &cx));
}

void no_return(int n) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  if (n)
    exit(1);
  if (n > 2)
    for (;;)
      coro_poll(&t, &cx);
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
}

void stop_flag(struct options *o) {
  while (!o->stop) {
    coro_task(f) t;
    coro_start(&t, f, 1);
    while (coro_poll(&t, &cx) == CORO_PENDING)
      step(1);
  }
}

int negative_shift(int k) {
  coro_task(f) t;
  for (int i = k; i--;) {
    coro_start(&t, f, i);
    while (coro_poll(&t, &cx))
      ;
  }
  return 0;
}

int countdown(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  int tries = 3;
  while (tries-- > 0 && coro_poll(&t, &cx) == CORO_PENDING)
    ;
  if (tries < 0)
    finish(&t);
  return 0;
}

void computed(int n) {
  static void *const to[] = {&&a, &&b};
  coro_task(f) t;
  coro_start(&t, f, n);
  goto *to[n];
a:
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
b:
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
}

yields int inside(int n) {
  coro_task(f) t;
  coro_start(&t, f, n);
  while (coro_poll(&t, coro_self()) == CORO_PENDING)
    coro_suspend();
  return t.result;
}

static yields void sets(bool *done) {
  coro_suspend();
  *done = true;
}

int told_by_the_task(void) {
  coro_task(sets) t;
  bool done = false;
  coro_start(&t, sets, &done);
  while (!done)
    coro_poll(&t, &cx);
  return 0;
}

int counted(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  for (int i = 0; i < 2; i++)
    coro_poll(&t, &cx);
  return t.result;
}

int in_turns(int turns) {
  coro_task(f) list[3];
  bool done[3] = {false};
  for (int i = 0; i < 3; i++)
    coro_start(&list[i], f, i);
  for (int left = 3, i = 0; left; i = (i + 1) % 3) {
    if (done[i])
      continue;
    if (coro_poll(&list[i], &cx) == CORO_DONE) {
      done[i] = true;
      left--;
    }
  }
  return list[0].result + turns;
}

// Something else than a status says that the task is done.
static bool everything_done;

void told_by_a_global(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  while (!everything_done)
    coro_poll(&t, &cx);
}

struct shared {
  int left;
};
static yields void counts(struct shared *s) {
  coro_suspend();
  s->left--;
}

void told_by_what_it_was_given(struct shared *given) {
  coro_task(counts) t, u;
  struct shared own = {1};
  coro_start(&t, counts, &own);
  coro_start(&u, counts, given);
  while (own.left || given->left) {
    coro_poll(&t, &cx);
    coro_poll(&u, &cx);
  }
}

int as_often_as_needed(int times) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  for (int i = 0; i < times; i++)
    coro_poll(&t, &cx);
  return t.result;
}
