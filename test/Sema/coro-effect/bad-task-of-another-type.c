// RUN: %coro -fsyntax-only -Xclang -verify %s
// coro_poll and coro_erase find the code by the type of the task.
#include <coro/coro.h>

struct other {
  unsigned char coro_frame_bytes[16]; // expected-note 2 {{'coro_frame_bytes' is declared here}}
};

coro_status poll(struct other *o, coro_context *cx) {
  return coro_poll(o, cx); // expected-error {{coro_poll in 'poll' is given what is no coro_task(f); give it the address of one [coro-effect]}}
}
coro_any_task erase(struct other *o) {
  return coro_erase(o); // expected-error {{coro_erase in 'erase' is given what is no coro_task(f)}}
}
coro_status marker(void *frame, coro_context *cx) {
  return __coro_poll(frame, cx); // expected-error {{coro_poll in 'marker' is given what is no coro_task(f)}}
}

yields int f(void) coro_frame(64);
coro_status through_expressions(coro_task(f) *t, int n, coro_context *cx) {
  coro_any_task any = coro_erase(&t[n]);
  (void)any;
  return coro_poll(n ? t : t + 1, cx);
}
