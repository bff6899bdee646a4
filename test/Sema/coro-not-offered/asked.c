// RUN: %coro -fsyntax-only -Xclang -verify %s
// A function that asks the context itself knows what to do without; and nothing
// is known of executors that the program names nowhere.
#include <coro/coro.h>

coro_needs(spawner) int spawn(void); // expected-note {{'spawn' says here}}

static int either(coro_context *cx) { return cx->spawner ? spawn() : 0; }
static yields int asks(void) {
  coro_suspend();
  return either(coro_self());
}
static yields int asks_for_another(void) {
  coro_suspend();
  return coro_self()->completion ? spawn() : 0; // expected-note {{'asks_for_another' calls 'spawn' here}}
}
static yields int elsewhere(void) {
  coro_suspend();
  return spawn();
}

int main(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_task(elsewhere) t;
  coro_start(&t, elsewhere);
  while (coro_poll(&t, &cx) == CORO_PENDING)
    ;
  int result = coro_block_on(asks);
  return result + coro_block_on(asks_for_another); // expected-error {{'spawn' needs a coro_spawner, and coro_block_on, which runs 'asks_for_another', offers none}}
}
