// RUN: %coro -fsyntax-only -Xclang -verify %s
// RUN: %coro -Wall -Wextra -Wpedantic -Wno-gnu-statement-expression -Werror -O1 -c %s -o %t
// What can be waited for, and calls that are not evaluated.
// expected-no-diagnostics
#include <coro/coro.h>

static yields int wait(int n) {
  coro_suspend();
  return n;
}
yields char promised(void) coro_frame(48);

struct future {
  coro_future future;
};
struct derived {
  struct future future;
};
typedef struct derived alias;

yields int good(coro_task(wait) *p, coro_task(promised) *q,
                coro_future *plain, alias *derived, const coro_any_task *fixed,
                int i);
yields int good(coro_task(wait) *p, coro_task(promised) *q,
                coro_future *plain, alias *derived, const coro_any_task *fixed,
                int i) {
  coro_task(wait) row[3];
  struct future future = {*plain};
  coro_any_task any = *fixed;
  for (int k = 0; k < 3; k++)
    coro_start(&row[k], wait, k);
  coro_join(p, q, plain, derived, fixed, &any, &row[0], row + 1, &future,
            i ? &row[0] : &row[1], (&row[2]), &derived->future);
  coro_wait(&derived->future.future);
  return coro_any(p, q) + coro_race(plain, fixed) + coro_timeout(5, p) +
         coro_wait(q) + (int)sizeof(coro_any(p)) +
         (int)sizeof(coro_timeout(5, p));
}

// Its own, and one whose size is not known: waiting needs no frame.
yields int own(void *other);
yields int own(void *other) {
  coro_task(own) *same = other;
  coro_wait(same);
  return 0;
}
yields int declared(void);
yields void unknown(void *other);
yields void unknown(void *other) {
  coro_task(declared) *task = other;
  coro_wait(task);
}

int plain_function(coro_task(wait) *p);
int plain_function(coro_task(wait) *p) {
  return (int)sizeof(coro_any(p)) + _Generic(coro_any(p), int: 1, default: 2);
}
