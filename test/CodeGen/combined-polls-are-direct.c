// RUN: %coro -O2 -S -emit-llvm %s -o - | %filecheck %s
// RUN: %coro -O0 -S -emit-llvm %s -o - | %filecheck %s --check-prefix=PLAIN
// Which function a task belongs to is known, and which poll function a future
// has wherever its struct is filled in by the function that waits: those polls
// are direct calls.
#include <coro/coro.h>

yields int work(int n) coro_frame(64);
coro_status poll_event(coro_future *self, coro_context *cx);
coro_status poll_other(coro_future *self, coro_context *cx);
void unrelated(void);

struct event {
  coro_future future;
  int n;
};

// CHECK-LABEL: define {{.*}} @tasks.poll(
// CHECK-NOT: {{(call|invoke) .*%.*\(}}
// CHECK: call i32 @work.poll(
// CHECK: call i32 @work.poll(
// CHECK: {{^}}}
// PLAIN-LABEL: define {{.*}} @tasks.poll(
// PLAIN: call i32 @work.poll(
// PLAIN: call i32 @work.poll(
yields int tasks(void) {
  coro_task(work) a, b;
  coro_start(&a, work, 1);
  coro_start(&b, work, 2);
  coro_join(&a, &b);
  return a.result + b.result;
}

// CHECK-LABEL: define {{.*}} @futures.poll(
// CHECK-COUNT-3: call i32 @poll_event(
// CHECK: {{^}}}
// PLAIN-LABEL: define {{.*}} @futures.poll(
// PLAIN-COUNT-4: call i32 @poll_event(
yields int futures(int n) {
  struct event local = {{poll_event}, n};
  struct event events[] = {{{poll_event}, 1}, {{poll_event}, 2}};
  unrelated();
  coro_task(work) a;
  coro_start(&a, work, 1);
  int first = coro_any(&local, &a, &events[1]);
  return first + coro_wait(&(struct event){.future.poll = poll_event});
}

// Where ways meet, they must agree; a loop that waits again does.
// CHECK-LABEL: define {{.*}} @loop.poll(
// CHECK-NOT: call i32 %
// CHECK: call i32 @poll_event(
// CHECK-NOT: call i32 %
// CHECK: {{^}}}
yields int loop(int n) {
  struct event event = {{poll_event}, n};
  while (event.n) {
    coro_wait(&event);
    event.n--;
  }
  return 0;
}

// CHECK-LABEL: define {{.*}} @differs.poll(
// CHECK: call i32 %
// CHECK: {{^}}}
yields int differs(int n) {
  struct event event = {{poll_event}, n};
  if (n)
    event.future.poll = poll_other;
  return coro_wait(&event);
}

void change(struct event *event);
// CHECK-LABEL: define {{.*}} @changed.poll(
// CHECK: call i32 %
// CHECK: {{^}}}
yields int changed(void) {
  struct event event = {{poll_event}, 1};
  change(&event);
  return coro_wait(&event);
}
