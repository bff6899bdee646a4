// REQUIRES: llvm22
// RUN: %coro -fsyntax-only -fdefer-ts -Xclang -verify %s
// expected-no-diagnostics
// A _Defer runs when the function is cancelled, and is not cancelled itself.
#include <coro/coro.h>

struct queue;
struct message;
coro_acquires struct message *take(struct queue *q);
void put(struct queue *q, struct message *m);

coro_cancel_safe yields void given_back(struct queue *q) {
  struct message *m = 0;
  _Defer {
    if (m)
      put(q, m);
  }
  m = take(q);
  coro_suspend();
}

coro_cancel_safe yields void waits_in_it(struct queue *q) {
  _Defer {
    struct message *m = take(q);
    coro_suspend();
    put(q, m);
  }
  coro_suspend();
}
