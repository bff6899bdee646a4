// RUN: %coro -fsyntax-only -Xclang -verify %s
// A function that promises to lose nothing holds what it took, and suspends.
#include <coro/coro.h>

struct queue;
struct message {
  struct message *next;
  struct {
    int size;
  } head;
  char *text;
};
// expected-note@+1 14 {{'take' is declared with 'coro_acquires' here}}
coro_acquires struct message *take(struct queue *q);
// expected-note@+1 {{'open_door' is declared with 'coro_acquires' here}}
[[coro::acquires]] int open_door(void);
// expected-note@+1 {{'await_message' is declared with 'coro_acquires' here}}
yields coro_acquires struct message *await_message(struct queue *q) coro_frame(64);
void put(struct queue *q, struct message *m);
void use(int n);
yields int wait_for(int n) coro_frame(64);
yields_of(int) yields void ticks(void) coro_frame(64);

coro_cancel_safe yields struct message *simple(struct queue *q) {
  // expected-note@+1 {{'m' is acquired here}}
  struct message *m = take(q);
  // expected-warning@+1 {{'m' is lost where 'simple', which is coro_cancel_safe, is cancelled at coro_suspend(); give it away before, or let a cleanup do so [coro-cancel-safety]}}
  coro_suspend();
  // Once is enough.
  coro_suspend();
  return m;
}

coro_cancel_safe yields int kinds_of_suspension(struct queue *q) {
  struct message *a = take(q); // expected-note {{'a' is acquired here}}
  wait_for(1);                 // expected-warning {{'a' is lost where 'kinds_of_suspension', which is coro_cancel_safe, is cancelled at 'wait_for'}}
  put(q, a);
  a = take(q);      // expected-note {{'a' is acquired here}}
  coro_yield_now(); // expected-warning {{'a' is lost where 'kinds_of_suspension', which is coro_cancel_safe, is cancelled at coro_yield_now()}}
  put(q, a);
  coro_task(wait_for) task;
  coro_start(&task, wait_for, 1);
  a = take(q);      // expected-note {{'a' is acquired here}}
  coro_wait(&task); // expected-warning {{'a' is lost where 'kinds_of_suspension', which is coro_cancel_safe, is cancelled at coro_wait()}}
  put(q, a);
  a = take(q);           // expected-note {{'a' is acquired here}}
  coro_for(int t, ticks) // expected-warning {{'a' is lost}}
      use(t);
  put(q, a);
  // What comes later does not help.
  a = await_message(q);        // expected-note {{'a' is acquired here}}
  struct message *b = take(q); // expected-note {{'b' is acquired here}}
  // expected-warning@+2 {{'a' is lost}}
  // expected-warning@+1 {{'b' is lost}}
  wait_for(2);
  put(q, a), put(q, b);
  return task.result;
}

// The promise may stand on any declaration.
yields void redeclared(struct queue *q) coro_frame(256);
[[coro::cancel_safe]] yields void redeclared(struct queue *q);
yields void redeclared(struct queue *q) {
  struct message *m = take(q); // expected-note {{'m' is acquired here}}
  coro_suspend();              // expected-warning {{'m' is lost}}
  put(q, m);
}

// What only looks at a value leaves it where it is.
coro_cancel_safe yields void looked_at(struct queue *q) {
  struct message *m;
  if ((m = take(q)) == NULL) // expected-note {{'m' is acquired here}}
    return;
  m->next = 0;
  m->head.size++;
  m->text[3] = 1;
  (*m).head.size += 2;
  use(m->head.size);
  if (m && m->next != m && (m->text[2] || !m))
    use(m ? 1 : 2);
  (void)m;
  (void)sizeof(take(q));
  coro_suspend(); // expected-warning {{'m' is lost}}
  put(q, m);
}

coro_cancel_safe yields void under_conditions(struct queue *q, int n) {
  struct message *m = NULL, *o;
  if (n)
    m = take(q); // expected-note {{'m' is acquired here}}
  // On one way it is held; on the other there is nothing.
  coro_suspend(); // expected-warning {{'m' is lost}}
  if (m)
    put(q, m);

  o = take(q); // expected-note {{'o' is acquired here}}
  if (!o)
    use(1);
  coro_suspend(); // expected-warning {{'o' is lost}}
  put(q, o);

  int door = open_door(); // expected-note {{'door' is acquired here}}
  if (door < 0)
    return;
  coro_suspend(); // expected-warning {{'door' is lost}}
  use(door);
}

coro_cancel_safe yields void in_a_loop(struct queue *q, int n) {
  for (;;) {
    struct message *m = take(q); // expected-note {{'m' is acquired here}}
    while (n--)
      coro_suspend(); // expected-warning {{'m' is lost}}
    put(q, m);
  }
}

coro_cancel_safe yields void in_a_parameter(struct queue *q, struct message *m) {
  m = take(q);    // expected-note {{'m' is acquired here}}
  coro_suspend(); // expected-warning {{'m' is lost}}
  put(q, m);
}

// What is shielded later does not help.
#ifndef coro_shield
int __coro_shield(void *);
#define coro_shield                \
  if (!__coro_shield((void *)0)) { \
  } else
#endif
coro_cancel_safe yields void before_the_shield(struct queue *q) {
  struct message *m = take(q); // expected-note {{'m' is acquired here}}
  wait_for(1);                 // expected-warning {{'m' is lost}}
  coro_shield wait_for(2);
  put(q, m);
}

coro_cancel_safe yields void given_back_in_a_branch(struct queue *q, int n) {
  struct message *m = take(q); // expected-note {{'m' is acquired here}}
  if (n) {
    put(q, m);
    coro_suspend();
  } else {
    coro_suspend(); // expected-warning {{'m' is lost}}
    put(q, m);
  }
}
