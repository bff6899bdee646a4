// The public headers are C++ too, ISO C without extensions, and freestanding C;
// without the plugin they show the runtime and no functions that yield.
// RUN: %clang %cflags -x c++ -std=c++17 -fsyntax-only %s
// RUN: %clang %cflags -std=c11 -pedantic -fsyntax-only %s
// RUN: %clang %cflags -DCORO_ERASE_EFFECTS -std=c17 -fsyntax-only %s
// RUN: %clang %cflags -DCORO_ERASE_EFFECTS -DCORO_NO_KEYWORDS -fsyntax-only %s
#include <coro/broadcast.h>
#include <coro/channel.h>
#include <coro/closed.h>
#include <coro/combine.h>
#include <coro/dump.h>
#include <coro/executor.h>
#include <coro/future.h>
#include <coro/io.h>
#include <coro/loop.h>
#include <coro/oneshot.h>
#include <coro/pool.h>
#include <coro/scope.h>
#include <coro/shared.h>
#include <coro/spawn.h>
#include <coro/sync.h>
#include <coro/time.h>
#include <coro/trace.h>
#include <coro/typed.h>
#include <coro/wheel.h>

static coro_oneshot_of(int) answer;
static coro_broadcast_of(int, 2) news;
static coro_subscription_of(int) early;
void inits(void);
void inits(void) {
  coro_oneshot_init_of(&answer);
  coro_oneshot_close_of(&answer);
  coro_broadcast_init_shared_of(&news);
  coro_subscribe(&early.subscription, &news.broadcast);
  coro_broadcast_close_of(&news);
}

#ifdef CORO_ERASE_EFFECTS
#include <coro/coro.h>
int waits(int fd);
int waits(int fd) { return coro_wait_fd(fd, CORO_READABLE); }
#elif defined(CORO_HAS_EFFECTS)
#error "there is no plugin, so there are no effects"
#endif
