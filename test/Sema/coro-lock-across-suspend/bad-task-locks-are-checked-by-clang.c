// RUN: %coro -fsyntax-only -Wthread-safety -Xclang -verify %s
// clang's thread safety analysis sees the locks of tasks, in functions that
// yield as in others.
#include <coro/coro.h>

static coro_mutex m = CORO_MUTEX_INIT;
static coro_rwlock rwlock = CORO_RWLOCK_INIT;
static coro_condition changed = CORO_CONDITION_INIT;
static int money CORO_GUARDED_BY(m);
static int name CORO_GUARDED_BY(rwlock);

yields void right(void) {
  coro_mutex_lock(&m);
  while (money < 0)
    coro_condition_wait(&changed, &m);
  coro_suspend();
  money++;
  coro_mutex_unlock(&m);
  if (coro_mutex_lock_for(&m, CORO_SECOND) == 0) {
    money++;
    coro_mutex_unlock(&m);
  }
  coro_rwlock_read(&rwlock);
  int is = name;
  coro_rwlock_end_read(&rwlock);
  coro_rwlock_write(&rwlock);
  name = is + 1;
  coro_rwlock_end_write(&rwlock);
}

yields int by_op(void) {
  coro_mutex_lock_op op;
  coro_mutex_lock_op_init(&op, &m);
  coro_wait(&op);
  coro_mutex_is_held(&m);
  return money;
}

yields void unguarded(void) {
  // expected-warning@+1 {{writing variable 'money' requires holding task mutex 'm' exclusively}}
  money++;
  // expected-warning@+1 {{requires holding task mutex 'm' exclusively}}
  coro_condition_wait(&changed, &m);
  coro_rwlock_read(&rwlock);
  // expected-warning@+1 {{writing variable 'name' requires holding task rwlock 'rwlock' exclusively}}
  name++;
  coro_rwlock_end_read(&rwlock);
}

yields void unbalanced(void) {
  // expected-note@+1 {{task mutex acquired here}}
  coro_mutex_lock(&m);
  // expected-warning@+1 {{acquiring task mutex 'm' that is already held}}
  coro_mutex_lock(&m);
  // expected-note@+1 {{task mutex released here}}
  coro_mutex_unlock(&m);
  // expected-warning@+1 {{releasing task mutex 'm' that was not held}}
  coro_mutex_unlock(&m);
  // expected-note@+1 {{task rwlock acquired here}}
  coro_rwlock_write(&rwlock);
  coro_suspend();
} // expected-warning {{task rwlock 'rwlock' is still held at the end of function}}
