// RUN: %coro -fsyntax-only -Xclang -verify %s
// A generator has no end to wait for before its values are taken; one that does
// not wait may not wait for others either.
#include <coro/coro.h>

static yields_of(int) void numbers(int n) { // expected-note 2 {{'numbers' is declared with}}
  for (int i = 0; i < n; i++)
    coro_yield(i);
}
static yields void work(void) { coro_suspend(); }

yields void waits(void) {
  coro_task(numbers) values;
  coro_task(work) task;
  coro_start(&values, numbers, 3);
  coro_start(&task, work);
  coro_join(&task, &values);      // expected-error {{coro_join waits for an end, and 'numbers' is a generator, which hands out values before: take them with coro_next, or coro_for [coro-combine]}}
  (void)coro_timeout(5, &values); // expected-error {{coro_timeout waits for an end, and 'numbers' is a generator}}
}

yields_of(int) void bad(coro_task(work) *task) {
  coro_wait(task); // expected-error {{'bad' yields values and does not wait: coro_wait() needs 'yields' beside 'yields_of' [coro-effect]}}
  coro_yield(1);
}

yields yields_of(int) void good(coro_task(work) *task) {
  coro_wait(task);
  coro_yield(1);
}
