// RUN: %coro -fsyntax-only -Xclang -verify %s
// What belongs to one thread, given to a function that runs on another.
#include <coro/coro.h>

// expected-note@+1 2 {{'arena' is declared here}}
struct coro_local arena {
  char *next;
};
// expected-note@+1 {{'counter' is declared here}}
static _Thread_local int counter;
static int shared;

int use(struct arena *arena, int *number);

yields int all(struct arena *arena) {
  // expected-warning@+1 {{'use' runs on another thread and is given what may not go there: 'arena' is coro_local [coro-send]}}
  int n = coro_offload(use, arena, &shared);
  // expected-warning@+1 {{'use' runs on another thread and is given the address of 'counter', of which each thread has its own [coro-send]}}
  n += coro_offload(use, NULL, &counter);
  struct arena own = {0};
  // expected-warning@+1 {{'arena' is coro_local}}
  n += coro_offload(use, &own, NULL);
  coro_allow("coro-send") n += coro_offload(use, arena, NULL);
  // A copy of its value is anybody's.
  int value = counter;
  return n + coro_offload(use, NULL, &value) + use(arena, &counter);
}
