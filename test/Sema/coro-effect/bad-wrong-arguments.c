// RUN: %coro -fsyntax-only -Xclang -verify %s
// coro_start and coro_block_on check arguments as a call does.
#include <coro/coro.h>

struct pair {
  int a, b;
};
yields int one(struct pair p) {
  coro_suspend();
  return p.a;
}
yields int other(int n) {
  coro_suspend();
  return n;
}

void plain(coro_context *cx, coro_any_task any) {
  coro_task(one) task;
  coro_start(&task, one);                      // expected-error {{too few arguments}}
  coro_start(&task, one, (struct pair){0}, 1); // expected-error {{too many arguments}}
  coro_start(&task, one, 1);                   // expected-error {{passing 'int' to parameter of incompatible type 'struct pair'}}
  coro_start(&task, other, 1);                 // expected-error {{the task is not of type coro_task(other)}}
  coro_block_on(one);                          // expected-error {{too few arguments}}
  coro_poll(&task, *cx);                       // expected-error {{take the address with &}} expected-note@coro/task.h:* {{passing argument}}
  coro_poll(&any, cx);                         // expected-error {{no member named 'coro_frame_bytes' in 'struct coro_any_task'}}
}
