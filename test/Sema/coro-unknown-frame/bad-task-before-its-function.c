// RUN: %coro -fsyntax-only -Xclang -verify %s
// A task type is complete once its function is; the note shows the function.
#include <coro/coro.h>

yields int later(int n);                       // expected-note 2 {{forward declaration of 'struct coro_task_later'}}
unsigned long size = sizeof(coro_task(later)); // expected-error {{incomplete type 'struct coro_task_later'}} expected-note {{the size of a coro_task(later) is known behind the definition of 'later'}}

yields int later(int n) {
  char inside[sizeof(coro_task(later))]; // expected-error {{incomplete type 'struct coro_task_later'}} expected-note {{the size of a coro_task(later)}}
  coro_suspend();
  return n + (int)sizeof inside;
}

int plain(int n); // expected-note {{'plain' does not yield, so it has no task type; declare it with 'yields'}}
void no_such_task(void) {
  coro_task(plain) task; // expected-error {{incomplete type 'struct coro_task_plain'}} expected-note {{forward declaration}}
  (void)task;
}
