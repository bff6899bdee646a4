// RUN: %coro -fsyntax-only -Xclang -verify -ferror-limit=0 %s
// Each argument is checked, at its place.
#include <coro/coro.h>

static yields int wait(int n) {
  coro_suspend();
  return n;
}
struct future {
  coro_future future;
  int n;
};
struct late {
  int n;
  coro_future future;
};
union either {
  coro_future future;
};
static coro_task(wait) a, b, row[3];
static struct future future, futures[2];
struct coro_task_mine {
  int n;
};

yields void bad(const coro_task(wait) *fixed, void *any, struct future **far,
                struct coro_task_mine *mine, const coro_any_task *pair) {
  struct late late;
  union either either;
  int n = 0;
  coro_join(&a, b);              // expected-error {{coro_join takes addresses, and this is a 'struct coro_task_wait' itself: put '&' before it [coro-combine]}}
  coro_wait(future);             // expected-error {{coro_wait takes addresses, and this is a 'struct future' itself: put '&' before it}}
  coro_any(&a, *pair);           // expected-error {{this is a 'coro_any_task' itself}}
  coro_any(row);                 // expected-error {{coro_any would wait for the first element of this 'struct coro_task_wait[3]' alone: give it the address of each element it is to wait for}}
  coro_any(&a, futures);         // expected-error {{coro_any would wait for the first element of this 'struct future[2]' alone}}
  coro_race(&row, &a);           // expected-error {{coro_race waits for tasks and futures, and this is of type 'struct coro_task_wait (*)[3]': give it the address of a coro_task(f), of a struct whose first member is a coro_future, or of a coro_any_task}}
  coro_race(&a, fixed);          // expected-error {{coro_race runs what it waits for, which changes it, and this 'const struct coro_task_wait *' points to const}}
  coro_join(&a, any);            // expected-error {{this is of type 'void *'}}
  coro_join(far);                // expected-error {{this is of type 'struct future **'}}
  coro_join(&a, 5);              // expected-error {{this is of type 'int'}}
  coro_join(&a, &n);             // expected-error {{this is of type 'int *'}}
  coro_join(&a, &late);          // expected-error {{this is of type 'struct late *'}}
  coro_join(&a, &either);        // expected-error {{this is of type 'union either *'}}
  coro_join(&a, mine);           // expected-error {{this is of type 'struct coro_task_mine *'}}
  coro_join(&a, wait);           // expected-error {{this is of type 'int (int)'}}
  coro_join(&a, wait(1));        // expected-error {{this is of type 'int'}}
  coro_join(&a, 0);              // expected-error {{coro_join is given a null pointer; leave the argument out}}
  coro_timeout(5, (void *)0);    // expected-error {{coro_timeout is given a null pointer}}
  coro_wait(&a, &b);             // expected-error {{coro_wait waits for one thing alone; coro_join, coro_any and coro_race take several}}
  (void)coro_timeout(5, &a, &b); // expected-error {{coro_timeout waits for one thing alone}}
  coro_join(b, &n);              // expected-error {{put '&' before it}} expected-error {{this is of type 'int *'}}
}

yields void twice(coro_task(wait) *p, int i) {
  coro_join(&a, &b, &a);                        // expected-error {{coro_join is given the same thing twice}} expected-note {{the first time is here}}
  coro_any(&row[1], &row[2], row + 1, &row[1]); // expected-error {{coro_any is given the same thing twice}} expected-note {{the first time is here}}
  coro_race(p, p);                              // expected-error {{coro_race is given the same thing twice}} expected-note {{the first time is here}}
  coro_join(&row[i++], &row[i++]);              // expected-warning {{multiple unsequenced modifications to 'i'}}
}
