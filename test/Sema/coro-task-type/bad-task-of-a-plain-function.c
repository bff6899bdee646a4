// RUN: %not %coro -fsyntax-only %s 2>&1 | %filecheck %s
// Why a task type is not complete, in a note behind clang's error.
#include <coro/coro.h>

int plain(void);
yields int later(void);

void uses(void) {
  coro_task(plain) task;
  // CHECK: [[@LINE-1]]:20: error: variable has incomplete type 'struct coro_task_plain'
  // CHECK: :5:5: note: 'plain' does not yield, so it has no task type; declare it with 'yields'
  coro_task(nothing) several[2];
  // CHECK: [[@LINE-1]]:29: error: array has incomplete element type 'struct coro_task_nothing'
  // CHECK: [[@LINE-2]]:29: note: no function 'nothing' is declared; declare it with 'yields' before its task type is used
  coro_task(later) early;
  // CHECK: [[@LINE-1]]:20: error: variable has incomplete type 'struct coro_task_later'
  // CHECK: note: the size of a coro_task(later) is known behind the definition of 'later', or where its declaration promises one with coro_frame(N)
}
unsigned long size = sizeof(coro_task(nobody));
// CHECK: error: invalid application of 'sizeof' to an incomplete type 'struct coro_task_nobody'
// CHECK: note: no function 'nobody' is declared
void start(coro_task(plain) *task) { coro_start(task, plain); }
// CHECK: error: incomplete definition of type 'struct coro_task_plain'
// CHECK: note: 'plain' does not yield, so it has no task type

// Another incomplete type is nobody's task.
struct unknown;
struct unknown global;
// CHECK: error: tentative definition has type 'struct unknown'
// CHECK-NOT: task type
