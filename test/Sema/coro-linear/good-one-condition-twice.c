// RUN: %coro -fsyntax-only -Xclang -verify %s
// What was started under a condition is finished under the same.
// expected-no-diagnostics
#include <coro/coro.h>
#include <stdbool.h>
#include <string.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;
int step(int n);
bool is_async(void);
struct options {
  bool async;
};
static void finish(coro_task(f) *t) {
  while (coro_poll(t, &cx) == CORO_PENDING)
    ;
}

int correlated(int c, int n) {
  coro_task(f) t;
  if (c)
    coro_start(&t, f, 1);
  step(n);
  if (c)
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  return c ? t.result : 0;
}

int correlated_range(int n) {
  coro_task(f) t;
  if (n > 3)
    coro_start(&t, f, 1);
  if (n >= 4)
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  if (n <= 3)
    return 0;
  return t.result;
}

int correlated_memory(struct options *o) {
  coro_task(f) t;
  if (o->async)
    coro_start(&t, f, 1);
  step(1);
  if (!o->async)
    return 0;
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
  return t.result;
}

int correlated_call(void) {
  coro_task(f) t;
  if (is_async())
    coro_start(&t, f, 1);
  step(1);
  if (is_async())
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  return 0;
}

int correlated_two(int a, int b) {
  coro_task(f) t;
  if (a < b)
    coro_start(&t, f, 1);
  if (b > a)
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  if (a >= b)
    return 0;
  return t.result;
}

int correlated_and(bool a, bool b) {
  coro_task(f) t;
  bool both = a && b;
  if (a && b)
    coro_start(&t, f, 1);
  if (!(a && b))
    return 1;
  if (both)
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  return 0;
}

int correlated_flags(unsigned flags) {
  coro_task(f) t, u;
  unsigned started = 0;
  if (flags & 1) {
    coro_start(&t, f, 1);
    started |= 1;
  }
  if (flags & 2) {
    coro_start(&u, f, 1);
    started |= 2;
  }
  if (started & 1)
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  if (started & 2)
    while (coro_poll(&u, &cx) == CORO_PENDING)
      ;
  return 0;
}

int correlated_switch(int mode) {
  coro_task(f) t;
  switch (mode) {
  case 1:
  case 2:
    coro_start(&t, f, 1);
    break;
  default:
    break;
  }
  step(1);
  switch (mode) {
  case 1:
  case 2:
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  }
  return 0;
}

int ternary(bool c) {
  coro_task(f) t;
  c ? coro_start(&t, f, 1) : (void)0;
  return c ? (finish(&t), t.result) : 0;
}

int strings(const char *s) {
  coro_task(f) t;
  if (!strcmp(s, "x"))
    coro_start(&t, f, 1);
  if (strcmp(s, "x") == 0)
    finish(&t);
  return 0;
}

void pointer_after(bool c) {
  coro_task(f) t, *p = NULL;
  if (c) {
    coro_start(&t, f, 1);
    p = &t;
  }
  if (p)
    finish(p);
}
