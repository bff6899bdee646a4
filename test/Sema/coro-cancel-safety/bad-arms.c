// RUN: %coro -fsyntax-only -fplugin-arg-coro-warn=coro-cancel-safety -Xclang -verify %s
// Off unless it is asked for: tasks that may be cancelled and promise nothing.
#include <coro/coro.h>

// expected-note@+1 2 {{'receive' is declared here}}
yields int receive(int from) coro_frame(64);
coro_cancel_safe yields int peek(int from) coro_frame(64);
yields int safe_below(int from) coro_frame(64);
struct event {
  coro_future future;
};

yields int race(void) {
  coro_task(receive) a;
  coro_task(peek) b;
  coro_task(safe_below) c;
  coro_start(&a, receive, 1);
  coro_start(&b, peek, 2);
  coro_start(&c, safe_below, 3);
  // expected-warning@+1 {{coro_race may cancel this task of 'receive', which is not coro_cancel_safe: what it has taken by then may be lost; keep the task and go on waiting for it with coro_any, or declare 'receive' so if nothing is [coro-cancel-safety]}}
  return coro_race(&b, &a, &c);
}

yields int in_time(void) {
  coro_task(receive) a;
  coro_start(&a, receive, 1);
  // expected-warning@+1 {{coro_timeout may cancel this task of 'receive'}}
  return coro_timeout(CORO_SECOND, &a);
}

// The promise counts wherever it stands.
coro_cancel_safe yields int safe_below(int from);

// Nothing is cancelled, or nothing is known of what is.
yields int others(coro_any_task any, struct event *event) {
  coro_task(receive) a, b;
  coro_start(&a, receive, 1);
  coro_start(&b, receive, 2);
  int first = coro_any(&a, &b);
  coro_join(&a, &b);
  coro_timeout(CORO_SECOND, event);
  return first + coro_race(&any, event);
}

yields int allowed(void) {
  coro_task(receive) a;
  coro_start(&a, receive, 1);
  coro_allow("coro-cancel-safety") return coro_timeout(CORO_SECOND, &a);
}
