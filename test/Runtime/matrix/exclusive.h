/*
 * Cases of what one task at a time has. The includer defines LOCK, which waits;
 * TRY, which is true if the caller then has it; LOCK_FOR(ns), which is 0 then;
 * the operation OP with OP_INIT(op); UNLOCK.
 */
#define EXCLUSIVE_CASES(X)                                                     \
  X(waits, EVERYWHERE)                                                         \
  X(tries, EVERYWHERE)                                                         \
  X(waits_in_time, EVERYWHERE)                                                 \
  X(waits_too_long, EVERYWHERE)                                                \
  X(is_cancelled, EVERYWHERE)                                                  \
  X(is_cancelled_at_any_time, EVERYWHERE)                                      \
  X(is_an_arm, EVERYWHERE)                                                     \
  X(is_an_arm_with_a_limit, EVERYWHERE)

static int inside; /* who has it orders this */

static yields void hold(int i) {
  CHECK(++inside == 1);
  if (i % 3 == 0)
    coro_yield_now();
  CHECK(inside-- == 1);
}

static yields void waits(int n) {
  for (int i = 0; i < rounds; i++) {
    LOCK;
    hold(i + n);
    UNLOCK;
  }
}

static yields void tries(int n) {
  for (int i = 0; i < rounds; i++) {
    while (!TRY)
      coro_yield_now();
    hold(i + n);
    UNLOCK;
  }
}

static yields void waits_in_time(int n) {
  for (int i = 0; i < rounds; i++) {
    CHECK(LOCK_FOR(LONG) == 0);
    hold(i + n);
    UNLOCK;
  }
}

/* Task 0 has it until all others have come to the second event. */
static yields void hold_until_second(void) {
  LOCK;
  coro_event_set(&first);
  coro_event_wait(&second);
  hold(0);
  UNLOCK;
}

static yields void waits_too_long(int n) {
  if (n == 0) {
    hold_until_second();
    return;
  }
  coro_event_wait(&first);
  CHECK(LOCK_FOR(CORO_MILLISECOND) == CORO_TIMED_OUT);
  CHECK(LOCK_FOR(0) == CORO_TIMED_OUT);
  CHECK(!TRY);
  OP op;
  OP_INIT(&op);
  CHECK(!coro_timeout(CORO_MILLISECOND, &op));
  arrive(&second, TASKS - 1);
}

static void leave(int *held) {
  CHECK(*held == 1 && inside-- == 1);
  UNLOCK;
}
static yields void lock_once(void) {
  LOCK;
  CHECK(++inside == 1);
  __attribute__((cleanup(leave))) int held = 1;
  coro_yield_now();
}

static yields void is_cancelled(int n) {
  if (n == 0) {
    hold_until_second();
    return;
  }
  coro_event_wait(&first);
  coro_task(lock_once) locks;
  coro_task(yield_times) yields_thrice;
  coro_start(&locks, lock_once);
  coro_start(&yields_thrice, yield_times, 3);
  CHECK(coro_race(&locks, &yields_thrice) == 1);
  arrive(&second, TASKS - 1);
}

/* Before it waits, while it waits, when it was given it and has not seen that,
 * and while it has it. */
static yields void is_cancelled_at_any_time(int n) {
  for (int i = 0; i < rounds; i++) {
    coro_task(lock_once) locks;
    coro_task(yield_times) others;
    coro_start(&locks, lock_once);
    coro_start(&others, yield_times, (i + n) % 5);
    coro_race(&locks, &others);
  }
}

static yields void is_an_arm(int n) {
  for (int i = 0; i < rounds; i++) {
    OP op;
    OP_INIT(&op);
    coro_task(yield_times) others;
    coro_start(&others, yield_times, (i + n) % 4);
    if (coro_race(&op, &others) == 0) {
      hold(i);
      UNLOCK;
    }
  }
}

static yields void is_an_arm_with_a_limit(int n) {
  for (int i = 0; i < rounds; i++) {
    OP op;
    OP_INIT(&op);
    if (coro_timeout((i + n) % 3 ? LONG : CORO_MICROSECOND, &op)) {
      hold(i);
      UNLOCK;
    }
  }
}

/* Free again, and nobody is in the queue. */
static void check_free(void) {
  CHECK(inside == 0 && TRY);
  UNLOCK;
}
