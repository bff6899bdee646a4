// Functions that our headers define, which optimising compilers see, are calls
// to the reader of a list, and not a part of it.
// RUN: %clang -fplugin=%plugin -O2 -fsyntax-only -fplugin-arg-coro-suspends=- %s | %filecheck %s --implicit-check-not=" in '"
#include <coro/coro.h>

static coro_mutex mutex = CORO_MUTEX_INIT;

yields int coro_like(void) {
  // CHECK: .c:[[@LINE+1]]:3: in 'coro_like': 'coro_mutex_lock' waits
  coro_mutex_lock(&mutex);
  coro_mutex_unlock(&mutex);
  return 1;
}
