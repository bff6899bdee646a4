// RUN: %coro -O2 -S -emit-llvm %s -o - | %filecheck %s
// A closed set whose functions wait by what the runtime has, take values of a
// generator, raise and clean up: it polls, wakes itself and cancels by direct
// calls alone.
#include <coro/coro.h>

int unknown(int n);

static coro_mutex mutex = CORO_MUTEX_INIT;

static yields void relays(coro_channel *from, coro_channel *to) {
  int n;
  coro_yield_now();
  while (coro_channel_receive(from, &n) == 0) {
    coro_yield_now();
    coro_channel_send(to, &n);
  }
}

static yields int locks(void) {
  coro_yield_now();
  coro_mutex_lock(&mutex);
  coro_yield_now();
  int n = unknown(1);
  coro_mutex_unlock(&mutex);
  return n;
}

static yields void sleeps(int n) {
  coro_yield_now();
  while (n--) {
    coro_sleep(CORO_MILLISECOND);
    coro_yield_now();
  }
}

static yields yields_of(int) void counts(int n) {
  while (n--) {
    coro_yield_now();
    coro_yield(unknown(n));
  }
}
static yields int adds(int n) {
  int sum = 0;
  coro_for(int value, counts, n) sum += value;
  return sum;
}

static void end(int *n) { unknown(*n); }
static raises(int) yields void fails(int n) {
  __attribute__((cleanup(end))) int own = n;
  coro_yield_now();
  if (unknown(own))
    coro_raise(own);
}
static yields int catches(int n) {
  coro_try { fails(n); }
  coro_catch(int, error) { return error; }
  coro_yield_now();
  return 0;
}

static yields void waits_at_its_end(int *n) {
  coro_yield_now();
  unknown(*n);
}
static yields void cleans(int n) {
  __attribute__((cleanup(waits_at_its_end))) int own = n;
  coro_suspend();
}

CORO_EXECUTOR(set, relays, locks, sleeps, adds, fails, catches, cleans);

void run(struct set *e) { set_run(e); }
_Bool step(struct set *e) { return set_step(e); }

// CHECK-LABEL: define internal {{.*}}@set_polls(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK-NOT: {{call [^@]*@(relays|locks|sleeps|adds|fails|catches|cleans)\.}}
// CHECK: switch i64
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK-NOT: {{call [^@]*@(relays|locks|sleeps|adds|fails|catches|cleans)\.}}
// CHECK: call {{.*}}@coro_channel_receive.poll(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK-NOT: {{call [^@]*@(relays|locks|sleeps|adds|fails|catches|cleans)\.}}
// CHECK: {{^}}}

// CHECK-LABEL: define internal {{.*}}@set_end(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: switch i64
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: call {{.*}}@cleans.cancel(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: {{^}}}
