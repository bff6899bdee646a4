// RUN: %coro -O1 -S -emit-llvm %s -o - | %filecheck %s
// RUN: %coro -O2 -S -emit-llvm %s -o - | %filecheck %s
// RUN: %coro -O3 -S -emit-llvm %s -o - | %filecheck %s
// Whoever is polled leaves the waker that it found. So a task that wakes itself
// behind a wait of the runtime's, in the same poll, does so without a call
// through a pointer, under a closed set and under coro_block_on.
#include <coro/coro.h>

int unknown(int n);

static coro_mutex mutex = CORO_MUTEX_INIT;

static yields int locks(int n) {
  coro_mutex_lock(&mutex);
  coro_yield_now();
  n = unknown(n);
  coro_mutex_unlock(&mutex);
  return n;
}

static yields void sleeps(int n) {
  while (n--) {
    coro_sleep(CORO_MILLISECOND);
    coro_yield_now();
  }
}

static yields void relays(coro_channel *from, coro_channel *to) {
  int n;
  while (coro_channel_receive(from, &n) == 0) {
    coro_yield_now();
    coro_channel_send(to, &n);
    coro_yield_now();
  }
}

typedef struct {
  coro_future future;
  int left;
} busy;

static coro_status poll_busy(coro_future *self, coro_context *cx) {
  if (unknown(((busy *)self)->left))
    return CORO_DONE;
  coro_wake_local(cx->waker);
  return CORO_PENDING;
}

static yields int polls_busily(void) {
  busy own = {{poll_busy, 0}, 3};
  coro_sleep(CORO_MILLISECOND);
  coro_wait(&own.future);
  coro_yield_now();
  return own.left;
}

static yields int limited(int n) {
  coro_task(locks) task;
  coro_start(&task, locks, n);
  if (!coro_timeout(CORO_SECOND, &task))
    return 0;
  coro_yield_now();
  return task.result;
}

// CHECK-LABEL: define {{.*}}@locks_in_place(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: call {{.*}}@coro_mutex_lock_wait.start(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: {{^}}}
int locks_in_place(int n) { return coro_block_on(locks, n); }

// CHECK-LABEL: define {{.*}}@sleeps_in_place(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: call {{.*}}@coro_sleep.start(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: {{^}}}
void sleeps_in_place(int n) { coro_block_on(sleeps, n); }

// CHECK-LABEL: define {{.*}}@relays_in_place(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: call {{.*}}@coro_channel_receive.start(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: {{^}}}
void relays_in_place(coro_channel *from, coro_channel *to) {
  coro_block_on(relays, from, to);
}

// CHECK-LABEL: define {{.*}}@polls_busily_in_place(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: call i32 @unknown(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: {{^}}}
int polls_busily_in_place(void) { return coro_block_on(polls_busily); }

CORO_EXECUTOR(set, locks, sleeps, relays, polls_busily, limited);

void run(struct set *e) { set_run(e); }
_Bool step(struct set *e) { return set_step(e); }

// CHECK-LABEL: define internal {{.*}}@set_polls(
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: switch i64
// CHECK-NOT: {{(call|invoke) .*[ )]%[^ ]+\(}}
// CHECK: {{^}}}
