// RUN: %coro -std=gnu17 -fsyntax-only -Wall -Wextra -Xclang -verify %s
// expected-no-diagnostics
// Tasks that are started before a scope, and what children may be given.
#include <coro/coro.h>

yields int fetch(int *n) coro_frame(64);
yields void spawn_more(coro_scope *into) coro_frame(64);
int check(int n);

/* The block of coro_scoped is always come to. */
yields int started_before(int n) {
  coro_child child;
  coro_task(fetch) task, other;
  coro_start(&task, fetch, &n);
  coro_start(&other, fetch, &n);
  coro_scoped (s, 0) {
    if (coro_scope_spawn_any(&s, &child, coro_erase(&task)))
      coro_cancel(&task);
    coro_wait(&other);
  }
  return task.result + other.result;
}

yields int declared_before(int n) {
  int a = 1, b[4];
  static int kept;
  coro_child_storage(fetch) here, there[2];
  coro_scope_var(s, 0);
  coro_spawned *child = coro_scope_spawn(&s, fetch, &a);
  if (!child || !coro_scope_spawn(&s, fetch, &b[n]) ||
      !coro_scope_spawn(&s, fetch, b) || !coro_scope_spawn(&s, fetch, &n) ||
      !coro_scope_spawn(&s, fetch, &kept) ||
      !coro_scope_spawn(&s, spawn_more, &s) ||
      coro_scope_spawn_in(&s, &here, fetch, &a))
    return -1;
  for (int i = 0; i < 2; i++)
    if (coro_scope_spawn_in(&s, &there[i], fetch, &a))
      return -1;
  coro_scoped (inner, 0) {
    if (!coro_scope_spawn(&inner, spawn_more, &s))
      return -1;
    if (!coro_scope_spawn(&inner, fetch, &a))
      return -1;
  }
  coro_wait(child);
  return coro_spawned_result(child, fetch);
}

/* Not known to be borrowed for longer: the pointer may come from anywhere. */
yields int through_a_pointer(coro_scope *s, int *n) {
  coro_spawned *child = coro_scope_spawn(s, fetch, n);
  return child ? 0 : -1;
}

yields int asked_behind(int n) {
  coro_spawned *child = 0, *again = 0;
  coro_scoped (s, 0) {
    child = coro_scope_spawn(&s, fetch, &n);
    if (!child)
      break;
    coro_wait(child);
    again = child;
    n = coro_spawned_result(again, fetch);
  }
  if (!child)
    return -1;
  child = coro_spawn(fetch, &n);
  coro_detach(child);
  return n;
}

/* Whoever returns a child of a scope that it was given. */
coro_spawned *for_the_caller(coro_scope *s, int *n) {
  coro_spawned *child = coro_scope_spawn(s, fetch, n);
  return child;
}

yields int one_after_the_other(int n) {
  coro_child_storage(fetch) here;
  coro_scoped (a, 0) {
    if (coro_scope_spawn_in(&a, &here, fetch, &n))
      return -1;
    coro_wait(&here.child.spawned);
    if (coro_scope_spawn_in(&a, &here, fetch, &n))
      return -1;
    coro_scope_wait(&a);
    int error = coro_scope_spawn_in(&a, &here, fetch, &n);
    if (error)
      return error;
  }
  for (int i = 0; i < n; i++)
    coro_scoped (b, 0) {
      if (coro_scope_spawn_in(&b, &here, fetch, &n))
        continue;
      if (check(n))
        break;
    }
  /* The second is tried where the first refused. */
  coro_scoped (c, 0)
    coro_scoped (d, 0)
      if (coro_scope_spawn_in(&c, &here, fetch, &n) &&
          coro_scope_spawn_in(&d, &here, fetch, &n) < 0)
        return -1;
  return here.task.result;
}
