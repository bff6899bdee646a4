// RUN: %coro -fsyntax-only -Xclang -verify %s
// The chain of calls through functions of this file is followed and shown, the
// shortest where there are several.
#include <coro/coro.h>
#include <stdio.h>

static yields int wait_for(int n) {
  coro_suspend();
  return n;
}

// expected-note@+1 2 {{'leaf' calls 'getchar' here}}
static int leaf(void) { return getchar(); }
static int second(int n);
static int first(int n) { return n ? second(n - 1) : 0; }
// expected-note@+1 {{'second' calls 'leaf' here}}
static int second(int n) { return n ? first(n - 1) : leaf(); }
// expected-note@+1 {{'runs_one' calls 'coro_block_on' here}}
static int runs_one(void) { return coro_block_on(wait_for, 1); }
// expected-note@+1 {{'drop' calls 'leaf' here}}
static void drop(int *n) { *n = leaf(); }

static int plain(int n) { return first(n) + leaf(); }

yields int all(int n) {
  // expected-warning@+1 {{'second' leads to 'getchar', which blocks the thread, and 'all' yields: use coro_read, which waits instead [coro-blocking-call]}}
  n += second(1);
  // expected-warning@+1 {{'runs_one' leads to 'coro_block_on', which blocks the thread, and 'all' yields: call what it runs from a function that yields [coro-blocking-call]}}
  n += runs_one();
  // expected-warning@+1 {{'drop' leads to 'getchar'}}
  __attribute__((cleanup(drop))) int dropped = n;
  coro_suspend();
  return n;
}
int caller(void) { return plain(1); }
