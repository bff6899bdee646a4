// RUN: %coro %cflags -fsyntax-only -Xclang -verify %s
// expected-no-diagnostics
// Only the names of functions that yield are taken, and only as struct tags.
#include <coro/coro.h>

yields int read_all(int n) {
  coro_suspend();
  return n;
}
int plain(int n);
struct coro_task_plain {
  int n;
};
struct coro_tasks {
  struct coro_task_plain one;
  coro_task(read_all) other, *pointer;
  struct coro_task_read_all several[2];
};
int coro_task_read_all(int n);
int coro_task_read_all(int n) { return n + (int)sizeof(struct coro_tasks); }
