// RUN: %coro -fsyntax-only -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// Parts of larger variables, each on its own where the index is a constant.
#include <coro/coro.h>

static yields int f(int n) {
  coro_suspend();
  return n;
}
static coro_context cx = CORO_CONTEXT_INIT;

struct two {
  int n;
  coro_task(f) a, b;
};

void member(void) {
  struct two t;
  coro_start(&t.a, f, 1);
  coro_start(&t.b, f, 1);
  while (coro_poll(&t.a, &cx) == CORO_PENDING)
    ;
} // expected-error {{'t.b' is left behind}}

void element(void) {
  coro_task(f) list[3];
  coro_start(&list[0], f, 1);
  coro_start(&list[1], f, 1);
  coro_start(list, f, 1); // expected-error {{'list[0]' is started again}}
  while (coro_poll(&list[1], &cx) == CORO_PENDING)
    ;
}

void member_of_an_element(void) {
  struct two list[3];
  coro_start(&list[2].b, f, 1);
} // expected-error {{'list[2].b' is left behind}}

void all(int n) {
  coro_task(f) list[8];
  for (int i = 0; i < n; i++)
    coro_start(&list[i], f, i);
} // expected-error {{'list[...]' is left behind}}

int step(int n);

int all_on_one_path(int n) {
  coro_task(f) list[8];
  for (int i = 0; i < n; i++)
    coro_start(&list[i], f, i);
  if (step(n) < 0)
    return -1; // expected-error {{'list[...]' is left behind}}
  for (int i = 0; i < n; i++)
    while (coro_poll(&list[i], &cx) == CORO_PENDING)
      ;
  return 0;
}
