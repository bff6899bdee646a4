// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// A task that was started and is not finished where its scope ends.
#include <coro/coro.h>
#include <stdbool.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;
void f_was_started(void);

void never_polled(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
} // expected-error {{'t' is left behind: it was started and never ran}}

void status_thrown_away(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  (void)coro_poll(&t, &cx);
} // expected-error {{'t' is left behind: nobody looked at the status of its last poll}}

int known_to_wait(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  if (coro_poll(&t, &cx) != CORO_DONE)
    return -1; // expected-error {{'t' is left behind: its last poll said that it is not done}}
  return t.result;
}

int known_by_a_variable(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  coro_status s = coro_poll(&t, &cx);
  bool waits = s == CORO_PENDING;
  if (waits)
    return -1; // expected-error {{'t' is left behind: its last poll said that it is not done}}
  return t.result;
}

int by_return(int n) {
  coro_task(f) t;
  coro_start(&t, f, n);
  return n; // expected-error {{'t' is left behind}}
}

void by_the_end_of_a_block(int n) {
  {
    coro_task(f) t;
    coro_start(&t, f, n);
  } // expected-error {{'t' is left behind}}
  f_was_started();
}

void by_break_and_continue(int n) {
  for (int i = 0; i < n; i++) {
    coro_task(f) t;
    coro_start(&t, f, i);
    if (n > 10)
      break; // expected-error {{'t' is left behind}}
    if (i == 3)
      continue; // expected-error {{'t' is left behind}}
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  }
}

void by_goto(int n) {
  {
    coro_task(f) t;
    coro_start(&t, f, n);
    if (n)
      goto out; // expected-error {{'t' is left behind}}
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  }
out:;
}

void by_goto_back_into_a_block(int n) {
  {
    int kept;
  again:
    kept = n;
    n += kept;
  }
  {
    coro_task(f) t;
    coro_start(&t, f, n);
    if (n < 100)
      goto again; // expected-error {{'t' is left behind}}
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  }
}

yields int in_a_coroutine(int n) {
  coro_task(f) t;
  coro_start(&t, f, n);
  while (coro_poll(&t, coro_self()) == CORO_PENDING)
    coro_suspend();
  coro_start(&t, f, n + 1);
  return 0; // expected-error {{'t' is left behind: it was started and never ran}}
}

int main(void) {
  coro_task(f) t;
  coro_start(&t, f, 1);
} // expected-error {{'t' is left behind}}

void by_a_request_to_stop(const bool *stop) {
  coro_task(f) t;
  coro_start(&t, f, 1);
  while (coro_poll(&t, &cx) == CORO_PENDING)
    if (*stop)
      return; // expected-error {{'t' is left behind: its last poll said that it is not done}}
  for (int i = 0; i < 3; i++) {
    coro_start(&t, f, 2);
    if (*stop)
      return; // expected-error {{'t' is left behind: it was started and never ran}}
    while (coro_poll(&t, &cx) == CORO_PENDING)
      ;
  }
}
