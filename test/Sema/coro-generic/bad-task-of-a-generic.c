// RUN: %coro -fsyntax-only -Xclang -verify %s
// Which task it is, the name of a generic does not say.
#include <coro/coro.h>

static yields int slow(int n) {
  coro_suspend();
  return n;
}
static int fast(int n) { return n; }
// expected-note@+1 {{'map' yields as its argument does, so it has no task type; write a function that yields and calls it, and use that one's}}
yields_as(f) static int map(int (*f)(int), int n) { return f(n); }

int task(void) {
  // expected-error@+2 {{variable has incomplete type 'struct coro_task_map'}}
  // expected-note@+1 {{forward declaration}}
  coro_task(map) t;
  (void)t;
  return 0;
}
int start(void *frame) {
  // expected-error@+1 {{'map' yields as its argument does, so it has no task type of its own; write a function that yields and calls 'map', and make a task of that [coro-generic]}}
  ((int (*)(int (*)(int), int))__coro_bind(frame, map))(slow, 1);
  return coro_block_on(map, slow, 1);
}
// expected-error@+1 {{coro_block_on takes the name of a function that yields [coro-effect]}}
int block(void) { return coro_block_on(map, fast, 1); }
// expected-error@+1 {{coro_block_on blocks the thread, and 'inside' yields: call 'map' as it is, and wait for it}}
yields int inside(void) { return coro_block_on(map, slow, 1); }
