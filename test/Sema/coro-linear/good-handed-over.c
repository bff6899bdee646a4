// RUN: %coro -fsyntax-only -Xclang -verify %s
// Whoever has the address has the duty.
// expected-no-diagnostics
#include <coro/coro.h>
#include <stdbool.h>
#include <string.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;
void give(void *);
static void finish(coro_task(f) *t) {
  while (coro_poll(t, &cx) == CORO_PENDING)
    ;
}

struct holder {
  int k;
  coro_task(f) task;
  coro_job job;
};

void in_struct(void) {
  struct holder h;
  coro_start(&h.task, f, 1);
  give(&h);
}

void container_of(void) {
  struct holder h;
  coro_start(&h.task, f, 1);
  give(&h.job);
}

void erased(coro_executor *e) {
  struct holder h;
  coro_start(&h.task, f, 1);
  coro_executor_add(e, &h.job, coro_erase(&h.task), NULL);
  coro_executor_run(e);
}

int erased_first(void) {
  coro_task(f) t;
  coro_any_task a = coro_erase(&t);
  coro_start(&t, f, 1);
  while (coro_poll_any(a, &cx) == CORO_PENDING)
    ;
  return t.result;
}

void pointer(void) {
  coro_task(f) t, *p = &t;
  coro_start(p, f, 1);
  finish(p);
}

void statics(void) {
  static coro_task(f) t;
  coro_start(&t, f, 1);
}

int moved_before(void) {
  coro_task(f) t, u;
  memset(&t, 0, sizeof t);
  u = t;
  coro_start(&u, f, 1);
  while (coro_poll(&u, &cx) == CORO_PENDING)
    ;
  coro_task(f) kept = u; /* done: bytes like others */
  return kept.result;
}

union either {
  coro_task(f) one;
  char bytes[200];
};

void in_union(void) {
  union either u;
  coro_start(&u.one, f, 1);
  give(u.bytes);
}

int size_only(void) {
  coro_task(f) t;
  return sizeof(t.result) + _Alignof(coro_task(f)) + sizeof t;
}
