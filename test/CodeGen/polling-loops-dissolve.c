// RUN: %coro -O2 -emit-llvm -S %s -o - | %filecheck %s
// A function that waits by asking again and again, driven by a loop in the same
// function, is that loop: no frame, no call but the one that asks.
#include <coro/coro.h>

int ask(void);

static yields int wait_for_it(void) {
  int value;
  while ((value = ask()) < 0)
    coro_suspend();
  return value;
}

// CHECK-LABEL: define{{.*}} @spin(
// CHECK-NOT: {{alloca|switch|load|store|call i32 @[^a]}}
// CHECK: call i32 @ask()
// CHECK-NOT: {{alloca|switch|load|store|call i32 @[^a]}}
// CHECK: {{^}}}
unsigned spin(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_task(wait_for_it) t;
  coro_start(&t, wait_for_it);
  unsigned polls = 0;
  while (coro_poll(&t, &cx) == CORO_PENDING)
    polls++;
  return polls + (unsigned)t.result;
}

// Where somebody asks for the task to be cancelled, it has to be looked for.
static yields int wait_or_not(void) {
  int value;
  while ((value = ask()) < 0)
    coro_suspend();
  return value;
}
// CHECK-LABEL: define{{.*}} @stop(
// CHECK: call i32 @coro_poll_requested(
// CHECK: {{^}}}
void stop(void) {
  coro_context cx = CORO_CONTEXT_INIT;
  coro_task(wait_or_not) t;
  coro_start(&t, wait_or_not);
  while (coro_poll(&t, &cx) == CORO_PENDING)
    coro_request_cancel(&t);
}
