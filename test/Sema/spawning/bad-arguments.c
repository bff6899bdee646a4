// RUN: %coro -fsyntax-only -Wall -Wextra -Xclang -verify %s
// What is spawned is checked like a call, and what it is given to by its type.
// Whoever drops what coro_spawn gives is warned.
#include <coro/coro.h>

static yields void work(int n) {
  (void)n;
  coro_suspend();
}
static void plain(void) {}

yields void spawns(coro_scope *scope) {
  // expected-error@+1 {{incompatible pointer to integer conversion passing 'char[2]' to parameter of type 'int'}}
  coro_detach(coro_spawn(work, "1"));
  // expected-error@+1 {{too few arguments to function call, expected 1, have 0}}
  coro_detach(coro_scope_spawn(scope, work));
  // expected-warning@+1 {{it is NULL where it was refused, and otherwise to be detached, unless a scope has it}}
  coro_spawn(work, 1);
  // expected-warning@+1 {{it is NULL where it was refused, and otherwise to be detached, unless a scope has it}}
  coro_scope_spawn(scope, work, 1);
  // expected-error@+1 {{coro_new takes the name of a function that yields [coro-effect]}}
  coro_detach(coro_spawn(plain));
}

void in_plain_c(coro_spawner *spawner, coro_sender *sender) {
  coro_detach(coro_spawn_on(spawner, 0, work, 1));
  coro_detach(coro_spawn_on(0, NULL, work, 1));
  coro_detach(coro_spawn_send_on(sender, &coro_allocator_default, work, 1));
  // expected-warning@+1 {{pointer type mismatch}}
  coro_detach(coro_spawn_on(sender, 0, work, 1));
  // expected-error@+1 2 {{coro_self() is the context of a function that yields}}
  coro_detach(coro_spawn(work, 1));
}
