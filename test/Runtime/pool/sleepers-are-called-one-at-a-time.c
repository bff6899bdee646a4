// runtime/pool/idle.h, step by step on one thread: a sleeper is called only
// where nobody searches; half of the workers search at most; the last of them
// looks once more, if others sleep; all quiet is seen as such.
// RUN: %clang %cflags -I%root/runtime %s -pthread -o %t && %t
#include "../check.h"

#include "pool/idle.h"

enum { WORKERS = 4 };

static pool_idle idle;
static pool_sleeper sleepers[WORKERS];

static int number_of(const pool_sleeper *sleeper) {
  return sleeper ? (int)(sleeper - sleepers) : -1;
}

static void check(uint64_t asleep, uint64_t searching) {
  CHECK(idle.state == asleep * POOL_SLEEPER + searching * POOL_SEARCHER);
}

int main(void) {
  pthread_mutex_init(&idle.mutex, NULL);
  CHECK(!pool_idle_call(&idle)); /* nobody sleeps */
  for (uint64_t i = 0; i < WORKERS; i++)
    CHECK(pool_idle_sleep(&idle, &sleepers[i], i != 1) == i + (i < 1));
  check(4, 0);

  /* The one that went to sleep last, and one only. */
  CHECK(number_of(pool_idle_call(&idle)) == 3);
  check(3, 1);
  for (int i = 0; i < 3; i++)
    CHECK(!pool_idle_call(&idle));
  CHECK(pool_idle_get_up(&idle, &sleepers[3]));
  CHECK(!pool_idle_call(&idle));
  CHECK(pool_idle_end(&idle)); /* it has to look, and calls the next */
  check(3, 0);
  CHECK(number_of(pool_idle_call(&idle)) == 2);
  CHECK(pool_idle_get_up(&idle, &sleepers[2]));

  /* A second one may search, not a third; only the last has to look. */
  CHECK(pool_idle_begin(&idle, WORKERS) && !pool_idle_begin(&idle, WORKERS));
  check(2, 2);
  CHECK(!pool_idle_end(&idle) && !pool_idle_call(&idle));
  CHECK(pool_idle_end(&idle));

  /* One gets up by itself: it was not called, and is called no more. */
  CHECK(!pool_idle_get_up(&idle, &sleepers[1]));
  check(1, 0);
  CHECK(number_of(pool_idle_call(&idle)) == 0);
  CHECK(pool_idle_get_up(&idle, &sleepers[0]));
  check(0, 1);
  CHECK(!pool_idle_end(&idle)); /* nobody sleeps who could be called */
  check(0, 0);
  CHECK(idle.quiet == 0 && !idle.first);
  for (uint64_t i = 0; i < WORKERS; i++)
    CHECK(pool_idle_sleep(&idle, &sleepers[i], 1) == i + 1);
  check(4, 0);
}
