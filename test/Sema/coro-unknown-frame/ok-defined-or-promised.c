// RUN: %coro %cflags -fsyntax-only -Xclang -verify %s
// Defined later, or promised, is known; a task may be pointed to before.
// expected-no-diagnostics
#include <coro/coro.h>

yields int promised(int n) coro_frame(64);
yields int later(int n);
extern coro_task(later) declared;
void give(coro_task(later) *task);

yields int calls(int n) { return promised(n) + later(n); }

yields int later(int n) {
  coro_suspend();
  return n;
}

coro_task(later) declared;
coro_task(later) several[3];
struct holder {
  char first;
  coro_task(later) task;
  union {
    coro_task(promised) other;
    int number;
  };
} holder;
_Static_assert(sizeof several == 3 * sizeof(coro_task(later)), "");
_Static_assert(sizeof(coro_task(promised)) == 64, "");

int result(coro_task(later) *task) { return task->result; }
