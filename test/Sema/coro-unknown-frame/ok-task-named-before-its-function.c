// RUN: %coro %cflags -fsyntax-only -Xclang -verify %s
// A header may speak of a task by its name alone.
// expected-no-diagnostics
#include <coro/coro.h>

struct coro_task_f;
typedef struct coro_task_f task;
void give(task *t);

yields int f(int n) {
  coro_suspend();
  return n;
}
task several[2];
_Static_assert(sizeof(task) == sizeof(coro_task(f)), "");
