// RUN: %coro -fsyntax-only -Xclang -verify %s
// RUN: %coro -fsyntax-only -Xclang -verify -std=c23 %s
// expected-no-diagnostics
// What is given back, given on, stored or not there is not lost; and who
// promised nothing may lose it.
#include <coro/coro.h>

struct queue;
struct message {
  struct message *next;
  char text[8];
};
struct owner {
  struct message **of;
};
struct slot {
  int index;
  struct message *message;
};
coro_acquires struct message *take(struct queue *q);
coro_acquires int open_door(void);
coro_acquires struct slot reserve(struct queue *q);
struct message *borrow(struct queue *q);
void put(struct queue *q, struct message *m);
int try_put(struct queue *q, struct message *m);
void put_at(struct message **m);
void put_owned(struct owner *o);
void give_up(struct slot s);
void use(int n);
void read_into(char *bytes);
yields void deliver(struct message *m) coro_frame(64);
yields int wait_for(int n) coro_frame(64);
#ifndef coro_shield
int __coro_shield(void *);
#define coro_shield                \
  if (!__coro_shield((void *)0)) { \
  } else
#endif
static struct message *last;

// As it should be: taken after the last suspension.
coro_cancel_safe yields struct message *receive(struct queue *q) {
  for (;;) {
    struct message *m = take(q);
    if (m)
      return m;
    coro_suspend();
  }
}

coro_cancel_safe yields struct message *receive_otherwise(struct queue *q) {
  struct message *m;
  while (!(m = take(q)))
    coro_suspend();
  return m;
}

coro_cancel_safe yields struct message *and_otherwise(struct queue *q) {
  struct message *m = take(q);
  for (; __builtin_expect(m == NULL, 0); m = take(q))
    wait_for(1);
  return m;
}

coro_cancel_safe yields void through(struct queue *from, struct queue *to) {
  struct message *m;
  while ((m = take(from)) != NULL && m->text[0]) {
    put(to, m);
    coro_suspend();
  }
  if (m)
    put(from, m);
  coro_suspend();
}

yields void promises_nothing(struct queue *q) {
  struct message *m = take(q);
  coro_suspend();
  put(q, m);
}

coro_cancel_safe yields void not_acquired(struct queue *q) {
  struct message *m = borrow(q);
  coro_suspend();
  put(q, m);
}

coro_cancel_safe yields void cleaned_up(struct queue *q) {
  __attribute__((cleanup(put_at))) struct message *m = take(q);
  coro_suspend();
  (void)m;
}

coro_cancel_safe yields void cleaned_up_elsewhere(struct queue *q) {
  struct message *m = NULL;
  __attribute__((cleanup(put_owned))) struct owner owner = {&m};
  m = take(q);
  coro_suspend();
  (void)owner;
}

coro_cancel_safe yields void given_on(struct queue *q, struct message **out,
                                      struct message *list) {
  deliver(take(q));
  struct message *m = take(q);
  deliver(m);
  m = take(q);
  last = m;
  coro_suspend();
  m = take(q);
  *out = m;
  coro_suspend();
  m = take(q);
  m->next = list;
  list->next = m;
  coro_suspend();
  m = take(q);
  read_into(m->text);
  coro_suspend();
  struct message *other = m = take(q);
  coro_suspend();
  put(q, other);
  *out = take(q);
  last = take(q);
  static struct message *kept;
  kept = take(q);
  coro_suspend();
  coro_task(deliver) task;
  m = take(q);
  coro_start(&task, deliver, m);
  coro_wait(&task);
}

coro_cancel_safe yields void perhaps_given_on(struct queue *q, int n) {
  struct message *m = take(q);
  if (n)
    put(q, m);
  coro_suspend();
  if (!n)
    put(q, m);
  struct message *o = take(q);
  if (!try_put(q, o))
    last = o;
  coro_suspend();
}

coro_cancel_safe yields void not_there(struct queue *q, struct message *end) {
  struct message *m = take(q);
  if (m == end)
    coro_suspend();
  else
    put(q, m);
  int door = open_door();
  if (door == -1)
    wait_for(1);
  else
    use(door);
  door = open_door();
  if (0 > door)
    wait_for(1);
  else
    use(door);
  switch (door = open_door()) {
  case -1:
    wait_for(1);
    break;
  default:
    use(door);
  }
  door = -1;
  coro_suspend();
}

coro_cancel_safe yields void out_of_scope(struct queue *q) {
  for (int i = 0; i < 2; i++) {
    struct message *m = take(q);
    m->text[0] = 1;
  }
  // That was a leak, and not by being cancelled.
  coro_suspend();
}

// Which member says that there is nothing is not known.
coro_cancel_safe yields void whole_structs(struct queue *q) {
  struct slot s = reserve(q);
  if (s.index < 0) {
    coro_suspend();
    return;
  }
  give_up(s);
}

coro_cancel_safe yields void shielded(struct queue *q) {
  struct message *m = take(q);
  coro_shield {
    wait_for(1);
    coro_suspend();
  }
  put(q, m);
}

coro_cancel_safe yields void allowed(struct queue *q) {
  struct message *m = take(q);
  coro_allow("coro-cancel-safety") coro_suspend();
  put(q, m);
}
