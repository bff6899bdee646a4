// RUN: %coro -std=gnu17 -fsyntax-only -Wno-unused-result -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %not %coro -std=gnu17 -fsyntax-only -DNOTES -Wno-unused-result %s 2>&1 | %filecheck %s
// What a child of a scope is given the address of goes before the scope does;
// a child is used where its scope has ended; two tasks in one storage.
// clang-format off
#include <coro/coro.h>

yields int fetch(int *n) coro_frame(64);
yields void fill(char *text) coro_frame(64);
yields void spawn_more(coro_scope *into) coro_frame(64);
int check(int n);

#ifndef NOTES
yields void declared_inside(void) {
  coro_scoped (s, 0) {
    int n = 1;
    char text[8];
    struct { int a, b[2]; } pair;
    coro_scope_spawn(&s, fetch, &n); // expected-error {{'n' may be gone while a child of scope 's' still uses it: the scope waits for its children where it ends; declare it before the scope}}
    coro_scope_spawn(&s, fetch, &pair.b[1]); // expected-error {{'pair' may be gone}}
    coro_scope_spawn_send(&s, fill, text); // expected-error {{'text' may be gone}}
    coro_spawned *child;
    coro_scope_try_spawn(&child, &s, fill, (char *)&n); // expected-error {{'n' may be gone}}
    coro_scope_spawn(&s, fetch, &(int){1}); // expected-error {{this literal may be gone while a child of scope 's' still uses it: the scope waits for its children where it ends; use a variable that is declared before the scope}}
    coro_scope_wait(&s); // the function may be cancelled here
  }
}

yields void declared_behind(void) {
  coro_scope_var(s, 0);
  int n = 1;
  coro_scope_spawn(&s, fetch, &n); // expected-error {{'n' may be gone}}
}

yields void in_an_inner_block(int on) {
  coro_scope_var(s, 0);
  if (on) {
    coro_child_storage(fetch) here;
    static int n;
    coro_scope_spawn_in(&s, &here, fetch, &n); // expected-error {{'here' may be gone}}
  }
}

yields void any_task(void) {
  coro_scope_var(s, 0);
  coro_child child;
  coro_task(fill) task;
  coro_start(&task, fill, 0);
  coro_scope_spawn_any(&s, &child, coro_erase(&task)); // expected-error {{'child' may be gone}} expected-error {{'task' may be gone}}
}

yields void into_the_outer_one(void) {
  coro_scoped (outer, 0) {
    int n = 1;
    coro_scoped (inner, 0) {
      coro_scope_spawn(&inner, fetch, &n);
      coro_scope_spawn(&outer, fetch, &n); // expected-error {{'n' may be gone while a child of scope 'outer'}}
      coro_scope_spawn(&outer, spawn_more, &inner); // expected-error {{'inner' may be gone}}
    }
  }
}

/* The scope is the caller's. */
yields void of_somebody_else(coro_scope *s) {
  int n = 1;
  coro_scope_spawn(s, fetch, &n); // expected-error {{'n' may be gone while a child of scope 's'}}
}

int with_a_plain_function(coro_scope *s) {
  int n = 1;
  coro_spawned *child;
  return coro_scope_try_spawn(&child, s, fetch, &n); // expected-error {{'n' may be gone}}
}

yields int used_behind(int n) {
  coro_spawned *child = 0, *other;
  coro_scoped (s, 0) {
    if (n)
      child = coro_scope_spawn(&s, fetch, &n);
    if (coro_scope_try_spawn(&other, &s, fetch, &n))
      return -1;
  }
  coro_wait(other); // expected-error {{'other' is used behind scope 's'}}
  if (!child)
    return 0;
  return coro_spawned_result(child, fetch); // expected-error {{'child' is used behind scope 's', and names a child of it}}
}

yields int left_early(int n) {
  coro_spawned *child;
  {
    coro_scope_var(s, 0);
    child = coro_scope_spawn(&s, fetch, &n);
    if (check(n))
      goto out;
    child = 0;
  }
out:
  coro_detach(child); // expected-error {{'child' is used behind scope 's'}}
  return 0;
}

yields coro_spawned *returned(int n) {
  coro_scope_var(s, 0);
  static int kept;
  coro_spawned *child = coro_scope_spawn(&s, fetch, &kept);
  if (n)
    return 0;
  return child; // expected-error {{'child' is returned from the function of scope 's'}}
}

yields int in_two_scopes(void) {
  int n = 0;
  coro_child_storage(fetch) here;
  coro_scoped (a, 0) {
    if (coro_scope_spawn_in(&a, &here, fetch, &n))
      return -1;
    coro_scoped (b, 0)
      coro_scope_spawn_in(&b, &here, fetch, &n); // expected-error {{a task is spawned in 'here' while one of scope 'a' may still run there}}
  }
  return here.task.result;
}

yields void again_and_again(int count) {
  int n = 0;
  coro_child_storage(fetch) here;
  coro_scoped (a, 0)
    for (int i = 0; i < count; i++)
      if (coro_scope_spawn_in(&a, &here, fetch, &n) != 0) // expected-error {{while one of scope 'a' may still run there}}
        break;
}
#else

// CHECK: [[@LINE+6]]:33: error: 'n' may be gone
// CHECK: [[@LINE+4]]:9: note: 'n' is declared here
// CHECK: [[@LINE+2]]:16: note: scope 's' is declared here
yields int notes(void) {
  coro_scoped (s, 0) {
    int n = 0;
    coro_scope_spawn(&s, fetch, &n);
  }
  coro_spawned *child;
  static int kept;
  // CHECK: [[@LINE+6]]:34: error: 'child' is used behind scope 't'
  // CHECK: [[@LINE+3]]:13: note: the child is spawned here
  // CHECK: [[@LINE+1]]:16: note: scope 't' is declared here
  coro_scoped (t, 0) {
    child = coro_scope_spawn(&t, fetch, &kept);
  }
  return *(int *)coro_result_any(child->job.task);
}
#endif
