// RUN: %coro -fsyntax-only -Xclang -verify %s
// Locks of the program, with the annotations of clang's thread safety analysis.
#include <coro/coro.h>
#include <stdbool.h>

struct __attribute__((capability("mutex"))) lock {
  int word;
};
void take(struct lock *l) __attribute__((acquire_capability(l)));
void take_shared(struct lock *l) __attribute__((acquire_shared_capability(l)));
void drop(struct lock *l) __attribute__((release_capability(l)));
bool try_take(struct lock *l) __attribute__((try_acquire_capability(true, l)));
int take_unless(struct lock *l)
    __attribute__((try_acquire_capability(false, l)));
struct account {
  struct lock lock;
  int money;
};
void open_account(struct account *a)
    __attribute__((acquire_capability(a -> lock)));
void close_account(struct account *a)
    __attribute__((release_capability(a -> lock)));

yields void all(struct lock *l, struct account *a) {
  // expected-note@+1 {{'*l' is locked here}}
  take(l);
  // expected-warning@+1 {{'*l' is locked where coro_suspend() may suspend}}
  coro_suspend();
  drop(l);
  // expected-note@+1 {{'*l' is locked here}}
  take_shared(l);
  // expected-warning@+1 {{'*l' is locked where coro_suspend() may suspend}}
  coro_suspend();
  drop(l);
  coro_suspend();
  // expected-note@+1 {{'*l' is locked here}}
  if (try_take(l)) {
    // expected-warning@+1 {{'*l' is locked where coro_suspend() may suspend}}
    coro_suspend();
    drop(l);
  }
  // expected-note@+1 {{'*l' is locked here}}
  if (!take_unless(l)) {
    // expected-warning@+1 {{'*l' is locked where coro_suspend() may suspend}}
    coro_suspend();
    drop(l);
  }
  // expected-note@+1 {{'a->lock' is locked here}}
  open_account(a);
  // expected-warning@+1 {{'a->lock' is locked where coro_suspend() may suspend}}
  coro_suspend();
  close_account(a);
  coro_suspend();
}

// Whoever calls it has locked it.
yields void inside(struct lock *l) __attribute__((requires_capability(l)));
// expected-note@+1 {{'*l' is locked here}}
yields void inside(struct lock *l) {
  // expected-warning@+1 {{'*l' is locked where coro_suspend() may suspend}}
  coro_suspend();
  drop(l);
  coro_suspend();
  take(l);
}
