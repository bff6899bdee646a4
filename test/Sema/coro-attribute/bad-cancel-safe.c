// RUN: %coro -fsyntax-only -Xclang -verify %s
// RUN: %coro -fsyntax-only -std=c23 -Xclang -verify %s
// coro_cancel_safe and coro_acquires belong on functions, and the first on
// functions that yield.
#include <coro/coro.h>

// expected-error@+1 {{'coro_cancel_safe' is about a function that is cancelled while it waits, and 'plain' does not yield; remove the word [coro-attribute]}}
coro_cancel_safe int plain(int n);
int plain(int n); // once is enough
int later(int n);
// expected-error@+1 {{and 'later' does not yield}}
[[coro::cancel_safe]] int later(int n);
// expected-error@+1 {{'coro_cancel_safe' belongs on a function; 'pointer' is none [coro-attribute]}}
coro_cancel_safe yields int (*pointer)(int n) coro_frame(64);
// expected-error@+1 {{'coro_cancel_safe' belongs on a function; 'callback' is none}}
typedef yields coro_cancel_safe int (*callback)(int n);
// expected-error@+1 {{'coro_acquires' belongs on a function; 'taker' is none}}
coro_acquires int (*taker)(int n);
struct ops {
  // expected-error@+1 {{'coro_acquires' belongs on a function; 'take' is none}}
  coro_acquires int (*take)(int n);
};
// expected-error@+1 {{'coro_acquires' belongs on a function; 'count' is none}}
[[coro::acquires]] int count;

// Wherever a function may yield.
coro_cancel_safe yields_if(0) int elsewhere(int n);
coro_cancel_safe yields_if(1) int here(int n) coro_frame(64);
coro_cancel_safe yields_of(int) void numbers(int n) coro_frame(64);
__attribute__((__coro_cancel_safe__)) yields_as(f) int as(yields int (*f)(int) coro_frame(64)) coro_frame(128);
__attribute__((__coro_acquires__)) CORO_ACQUIRES coro_acquires int take(int n);
CORO_CANCEL_SAFE CORO_YIELDS int both(int n) CORO_FRAME(64);
