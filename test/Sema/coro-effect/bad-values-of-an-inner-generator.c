// RUN: %coro -fsyntax-only -Xclang -verify %s
// An inner generator's values go to the outer one's consumer: they are of the
// same type, or there is no way for them.
#include <coro/coro.h>

typedef int number;
yields_of(long) void longs(void) coro_frame(64); // expected-note 2 {{'longs' is declared with 'yields_of(long)' here}}
yields_of(number) void numbers(void) coro_frame(64);

yields_of(int) void ints(void) {
  longs(); // expected-error {{'ints' calls 'longs', which yields values of type 'long', and itself yields values of type 'int'; take them with coro_for [coro-effect]}}
  numbers();
}
yields void waits(void) {
  longs(); // expected-error {{'waits' calls 'longs', which yields values of type 'long', and itself yields none; take them with coro_for, or declare 'waits' with 'yields_of(long)' [coro-effect]}}
}

yields_of(int) resumes_with(long) void asks(void) coro_frame(64); // expected-note 2 {{'asks' is declared with 'yields_of(int) resumes_with(long)' here}}
yields_of(int) void silent(void) {
  asks(); // expected-error {{'silent' calls 'asks', which is resumed with values of type 'long', and is itself resumed with none; declare 'silent' with 'resumes_with(long)' [coro-effect]}}
}
yields_of(int) resumes_with(int) void other(void) {
  asks(); // expected-error {{'other' calls 'asks', which is resumed with values of type 'long', and is itself resumed with values of type 'int' [coro-effect]}}
}
yields_of(int) resumes_with(long) void same(void) { asks(); }
