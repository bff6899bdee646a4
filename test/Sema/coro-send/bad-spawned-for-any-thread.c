// RUN: %coro -fsyntax-only -Wall -Xclang -verify %s
// What is spawned stays on its thread, and may hold what belongs to it; what is
// sent may not.
#include <coro/coro.h>

// expected-note@+1 2 {{'arena' is declared here}}
struct coro_local arena {
  char *next;
};
void use(struct arena *arena);

static yields void takes(struct arena *arena) {
  coro_suspend();
  use(arena);
}

yields void begin(struct arena *mine) {
  coro_detach(coro_spawn(takes, mine));
  // expected-warning@+2 {{the task of 'takes' goes to another thread and holds what may not: 'arena' is coro_local [coro-send]}}
  // expected-note@+1 {{'takes' is started with it here}}
  coro_detach(coro_spawn_send(takes, mine));
  coro_scope_var(scope, 0);
  coro_detach(coro_scope_spawn(&scope, takes, mine));
  // expected-warning@+2 {{the task of 'takes' goes to another thread and holds what may not: 'arena' is coro_local [coro-send]}}
  // expected-note@+1 {{'takes' is started with it here}}
  coro_detach(coro_scope_spawn_send(&scope, takes, mine));
}
