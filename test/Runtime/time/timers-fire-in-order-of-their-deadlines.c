// Thousands of random timers, set, cancelled and fired at random, against a
// plain sorted list.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/time.h>

enum { TIMERS = 3000, STEPS = 60000 };

static struct entry {
  coro_timer timer;
  uint64_t deadline;
  bool set;
} entries[TIMERS];

static uint64_t now;
static uint64_t fake_now(const coro_timers *timers) {
  (void)timers;
  return now;
}

static uint64_t last_deadline;
static size_t fired;

static void on_fire(void *data) {
  struct entry *entry = data;
  CHECK(entry->set && entry->deadline <= now);
  CHECK(entry->deadline >= last_deadline);
  CHECK(!coro_timer_is_set(&entry->timer));
  entry->set = false;
  last_deadline = entry->deadline;
  fired++;
}

static const coro_waker_ops fire = {.wake = on_fire};

/* What the model says: how many are due, and the earliest deadline. */
static size_t due(uint64_t *earliest) {
  size_t count = 0;
  *earliest = CORO_FOREVER;
  for (size_t i = 0; i < TIMERS; i++) {
    if (!entries[i].set)
      continue;
    count += entries[i].deadline <= now;
    if (entries[i].deadline < *earliest)
      *earliest = entries[i].deadline;
  }
  return count;
}

static void fire_and_compare(coro_timers *timers) {
  uint64_t earliest;
  size_t expected = due(&earliest);
  uint64_t until = earliest == CORO_FOREVER ? CORO_FOREVER
                   : earliest > now         ? earliest - now
                                            : 0;
  CHECK(coro_timers_until(timers) == until);
  fired = 0;
  last_deadline = 0;
  CHECK(coro_timers_fire(timers) == expected);
  CHECK(fired == expected && due(&earliest) == 0);
}

int main(void) {
  coro_timers timers;
  coro_timers_init(&timers, fake_now);
  CHECK(coro_timers_until(&timers) == CORO_FOREVER);
  CHECK(coro_timers_fire(&timers) == 0);

  uint64_t random = 20;
  for (int step = 0; step < STEPS; step++) {
    struct entry *entry = &entries[next_random(&random) % TIMERS];
    if (next_random(&random) % 100 == 0) {
      now += next_random(&random) % 400;
      fire_and_compare(&timers);
    } else if (!entry->set) {
      entry->set = true;
      entry->deadline = now + next_random(&random) % 5000;
      coro_timers_set(&timers, &entry->timer, entry->deadline,
                      (coro_waker){&fire, entry});
    } else if (next_random(&random) % 4 == 0) {
      coro_timers_cancel(&timers, &entry->timer);
      CHECK(!coro_timer_is_set(&entry->timer));
      coro_timers_cancel(&timers, &entry->timer); /* again: nothing */
      entry->set = false;
    }
  }
  now = CORO_FOREVER - 1;
  fire_and_compare(&timers);
  CHECK(coro_timers_until(&timers) == CORO_FOREVER);
}
