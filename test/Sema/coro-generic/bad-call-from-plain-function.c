// RUN: %coro -fsyntax-only -Xclang -verify %s
// A call of a generic yields where its argument does, and the notes say why.
#include <coro/coro.h>

struct ops {
  int (*next)(int);
};
yields_as(f) static int map(int (*f)(int), int n) { return f(n); }
yields_as(ops->next) static int drain(const struct ops *ops) {
  return ops->next(1);
}
yields_as(wait) static int get(int wait) {
  if (wait)
    coro_suspend();
  return 0;
}

// expected-note@+1 3 {{'slow' is declared with 'yields' here}}
static yields int slow(int n) {
  coro_suspend();
  return n;
}
static int fast(int n) { return n; }
static const struct ops slow_ops = {slow}, fast_ops = {fast};

int plain(int n) { return map(fast, n) + drain(&fast_ops) + get(0); }

int direct(int n) {
  // expected-error@+2 {{'direct' does not yield and calls 'map', which does; make 'direct' yield, or run the call to its end with coro_block_on(map, ...) [coro-effect]}}
  // expected-note@+1 {{'map' yields in this call because 'slow' does}}
  return map(slow, n);
}
int table(void) {
  // expected-error@+2 {{'table' does not yield and calls 'drain', which does}}
  // expected-note@+1 {{'drain' yields in this call because 'slow' does}}
  return drain(&slow_ops);
}
int flag(void) {
  // expected-error@+2 {{'flag' does not yield and calls 'get', which does}}
  // expected-note@+1 {{'get' yields in this call because this is not 0}}
  return get(1);
}
// expected-note@+1 {{'p' is declared with 'yields' here}}
int pointer(yields int (*p)(int) coro_frame(64)) {
  // expected-error@+2 {{'pointer' does not yield and calls 'map', which does}}
  // expected-note@+1 {{'map' yields in this call because 'p' does}}
  return map(p, 1);
}
// A generic yields as its own argument does, not as another.
yields_as(f) static int other(int (*f)(int), int n) {
  // expected-error@+2 {{'other' does not yield and calls 'map', which does}}
  // expected-note@+1 {{'map' yields in this call because 'slow' does}}
  return f(n) + map(slow, n);
}
int uses(void) { return other(fast, 1); }
