// RUN: %coro -fsyntax-only -Xclang -verify %s
// The name of a task type is taken, before the function is declared and behind.
#include <coro/coro.h>

struct coro_task_before { // expected-error {{'struct coro_task_before' is the task type of 'before', whose members only the compiler knows; give this struct another name [coro-task-type]}}
  int n;
};
yields int before(void); // expected-note {{'before' is declared here}}
yields int before(void);

yields int behind(void);  // expected-note {{'behind' is declared here}}
struct coro_task_behind { // expected-error {{'struct coro_task_behind' is the task type of 'behind'}}
  int n;
};

int plain(void);
struct coro_task_plain {
  int n;
};
