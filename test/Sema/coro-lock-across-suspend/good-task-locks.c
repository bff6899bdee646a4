// RUN: %coro -fsyntax-only -Wall -Werror %s
// A lock of tasks may be held where they suspend: who finds it locked waits,
// and the thread goes on. Such is coro_mutex, and what names its capability so.
#include <coro/coro.h>

static coro_mutex m = CORO_MUTEX_INIT;
static coro_rwlock rwlock = CORO_RWLOCK_SHARED_INIT;

struct __attribute__((capability("task gate"))) gate {
  int word;
};
void enter(struct gate *gate) __attribute__((acquire_capability(gate)));
void leave(struct gate *gate) __attribute__((release_capability(gate)));

yields void locks(struct gate *gate, coro_mutex *mutex) {
  coro_mutex_lock(&m);
  coro_suspend();
  if (coro_mutex_try_lock(mutex)) {
    coro_suspend();
    coro_mutex_unlock(mutex);
  }
  if (coro_mutex_lock_for(mutex, CORO_SECOND) == 0) {
    coro_suspend();
    coro_mutex_unlock(mutex);
  }
  coro_mutex_unlock(&m);
  coro_rwlock_read(&rwlock);
  coro_suspend();
  coro_rwlock_end_read(&rwlock);
  coro_rwlock_write(&rwlock);
  coro_suspend();
  coro_rwlock_end_write(&rwlock);
  enter(gate);
  coro_suspend();
  leave(gate);
}

yields void inside(coro_mutex *mutex)
    __attribute__((requires_capability(mutex)));
yields void inside(coro_mutex *mutex) {
  (void)mutex;
  coro_suspend();
}
