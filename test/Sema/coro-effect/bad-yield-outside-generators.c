// RUN: %coro -fsyntax-only -Xclang -verify %s
// coro_yield belongs to generators, coro_yield_receive to those that are
// resumed with values. One mistake, one message.
#include <coro/coro.h>

void plain(void) {
  coro_yield(1); // expected-error {{coro_yield hands out a value, and 'plain' is no generator; declare 'plain' with 'yields_of(T)', T being the type of its values [coro-effect]}}
}
yields void waits(void) {
  coro_yield("text"); // expected-error {{coro_yield hands out a value, and 'waits' is no generator}}
}
struct pair {
  int a, b;
};
void structs(struct pair p) {
  coro_yield(p); // expected-error {{coro_yield hands out a value, and 'structs' is no generator}}
}
yields_of(int) void no_answer(void) {
  int got;
  coro_yield_receive(1, &got); // expected-error {{coro_yield_receive waits for a value, and 'no_answer' is resumed with none; declare 'no_answer' with 'resumes_with(R)' [coro-effect]}}
}
void nothing(void) {
  struct pair got;
  coro_yield_receive(1, &got); // expected-error {{coro_yield hands out a value, and 'nothing' is no generator}}
}
