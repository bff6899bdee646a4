// Random timers in a wheel, near and very far, set, cancelled and fired at
// random, against a plain list: none early, none more than a tick late, those
// of an earlier tick first; and whoever sleeps as long as the wheel says gets
// up a few times for each timer, not for each tick.
// RUN: %clang %cflags -fsanitize=address,undefined %s %rt_asan -o %t && %t
#include "../check.h"

#include <coro/wheel.h>

enum { TIMERS = 500, STEPS = 20000 };

static struct entry {
  coro_timer timer;
  uint64_t deadline;
  bool set;
} entries[TIMERS];

static coro_wheel wheel;
static uint64_t now, tick, last_tick;
static uint64_t fake_now(const coro_timers *timers) {
  (void)timers;
  return now;
}

static uint64_t tick_of(uint64_t deadline) {
  return deadline / tick + (deadline % tick != 0);
}

static void on_fire(void *data) {
  struct entry *entry = data;
  CHECK(entry->set && !coro_timer_is_set(&entry->timer));
  CHECK(entry->deadline <= now && tick_of(entry->deadline) >= last_tick);
  last_tick = tick_of(entry->deadline);
  entry->set = false;
}
static const coro_waker_ops fire = {.wake = on_fire};

static uint64_t earliest(void) {
  uint64_t earliest = CORO_FOREVER;
  for (size_t i = 0; i < TIMERS; i++)
    if (entries[i].set && entries[i].deadline < earliest)
      earliest = entries[i].deadline;
  return earliest;
}

static void fire_all(void) {
  last_tick = 0;
  coro_timers_fire(&wheel.timers);
  uint64_t next = earliest();
  CHECK(next == CORO_FOREVER || tick_of(next) > now / tick);
  uint64_t until = coro_timers_until(&wheel.timers);
  CHECK(until > 0);
  if (next != CORO_FOREVER)
    CHECK(until <= tick_of(next) * tick - now);
}

/* Ranges of all sizes, so that all levels are used. */
static uint64_t some_delay(uint64_t *random) {
  uint64_t bits = next_random(random) % 44;
  return next_random(random) & ((UINT64_C(1) << bits) - 1);
}

static void run(uint64_t tick_size, uint64_t start, uint64_t seed) {
  tick = tick_size;
  now = start;
  coro_wheel_init(&wheel, tick, fake_now);
  CHECK(coro_timers_until(&wheel.timers) == CORO_FOREVER);
  uint64_t random = seed;
  for (int step = 0; step < STEPS; step++) {
    struct entry *entry = &entries[next_random(&random) % TIMERS];
    if (next_random(&random) % 50 == 0) {
      now += some_delay(&random) >> 4;
      fire_all();
    } else if (!entry->set) {
      entry->set = true;
      entry->deadline = now + some_delay(&random);
      if (next_random(&random) % 500 == 0)
        entry->deadline = CORO_FOREVER;
      coro_timers_set(&wheel.timers, &entry->timer, entry->deadline,
                      (coro_waker){&fire, entry});
    } else if (next_random(&random) % 3 == 0) {
      coro_timers_cancel(&wheel.timers, &entry->timer);
      coro_timers_cancel(&wheel.timers, &entry->timer); /* again: nothing */
      entry->set = false;
    }
  }
  fire_all();
  /* Whoever sleeps as it is told. */
  int sleeps = 0, left = 0;
  for (size_t i = 0; i < TIMERS; i++) {
    if (entries[i].set && entries[i].deadline == CORO_FOREVER) {
      coro_timers_cancel(&wheel.timers, &entries[i].timer);
      entries[i].set = false;
    }
    left += entries[i].set;
  }
  for (; earliest() != CORO_FOREVER; sleeps++) {
    now += coro_timers_until(&wheel.timers);
    fire_all();
  }
  CHECK(left > 0 && sleeps <= left * (CORO_WHEEL_LEVELS + 1));
  CHECK(coro_timers_until(&wheel.timers) == CORO_FOREVER);
}

int main(void) {
  for (uint64_t seed = 1; seed < 4; seed++) {
    run(1, 0, seed);
    run(1, (UINT64_C(1) << 48) - 1000, seed);
    run(1000, 123456789, seed);
    run(CORO_MILLISECOND, UINT64_C(1) << 50, seed);
  }
}
