// RUN: %coro -fsyntax-only -Xclang -verify %s
// coro_next and coro_send take a task of a generator, and wait where it waits.
#include <coro/coro.h>

yields int waits(void) coro_frame(64);
yields_of(int) void count(int n) coro_frame(64);
yields yields_of(int) void slow(int n) coro_frame(64); // expected-note 2 {{'slow' is declared with 'yields yields_of(int)' here}}
yields_of(int) resumes_with(long) void asks(void) coro_frame(64);

int next(coro_task(waits) *t) {
  return coro_next(t); // expected-error {{coro_next takes a task of a generator, and 'waits' yields no values; declare it with 'yields_of(T)' [coro-effect]}}
}
int plain(coro_task(slow) *t) {
  return coro_next(t); // expected-error {{'plain' does not yield, and the generator 'slow' waits between its values; declare 'plain' with 'yields' [coro-effect]}}
}
int loop(void) {
  int sum = 0;
  coro_for(int x, slow, 3) // expected-error {{'loop' does not yield, and the generator 'slow' waits between its values}}
      sum += x;
  return sum;
}
yields_of(int) void good(coro_task(count) *t) {
  while (coro_next(t))
    coro_yield(t->yielded);
}
int sends(coro_task(asks) *t) {
  coro_next(t);
  return coro_send(t, 3);
}
int no_place(coro_task(count) *t) {
  return coro_send(t, 3); // expected-error {{no member named 'coro_received' in 'struct coro_task_count'}}
}
