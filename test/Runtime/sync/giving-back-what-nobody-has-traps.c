// Unlocking what is not locked, or not so; more permits than there can be;
// having done what nobody had begun. Each ends the program.
// RUN: %clang %cflags %s %rt -o %t && %t
// RUN: %not --crash %t mutex 2>&1
// RUN: %not --crash %t read 2>&1
// RUN: %not --crash %t write 2>&1
// RUN: %not --crash %t read-of-writer 2>&1
// RUN: %not --crash %t write-of-reader 2>&1
// RUN: %not --crash %t permits 2>&1
// RUN: %not --crash %t once 2>&1
#include "../check.h"

#include <coro/sync.h>

static coro_mutex mutex = CORO_MUTEX_INIT;
static coro_rwlock rwlock = CORO_RWLOCK_SHARED_INIT;
static coro_semaphore full = CORO_SEMAPHORE_INIT(CORO_SEMAPHORE_MAX);
static coro_once once = CORO_ONCE_INIT;

static void go_wrong(const char *how) {
  if (!strcmp(how, "mutex"))
    coro_mutex_unlock(&mutex);
  if (!strcmp(how, "read"))
    coro_rwlock_end_read(&rwlock);
  if (!strcmp(how, "write"))
    coro_rwlock_end_write(&rwlock);
  if (!strcmp(how, "read-of-writer") && coro_rwlock_try_write(&rwlock))
    coro_rwlock_end_read(&rwlock);
  if (!strcmp(how, "write-of-reader") && coro_rwlock_try_read(&rwlock))
    coro_rwlock_end_write(&rwlock);
  if (!strcmp(how, "permits"))
    coro_semaphore_release(&full, 1);
  if (!strcmp(how, "once"))
    coro_once_end(&once, true);
}

int main(int argc, char **argv) {
  if (argc > 1)
    go_wrong(argv[1]);
  coro_semaphore_release(&full, 0);
  CHECK(coro_semaphore_try_acquire(&full, CORO_SEMAPHORE_MAX));
  CHECK(!coro_semaphore_try_acquire(&full, 1));
  CHECK(coro_semaphore_try_acquire(&full, 0));
}
