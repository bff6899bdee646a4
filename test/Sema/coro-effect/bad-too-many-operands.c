// RUN: %coro -fsyntax-only -Wno-unused-value -Xclang -verify %s
// To the macros the commas in braces are like any other; what is one operand
// too many is told all the same, and not dropped.
#include <coro/coro.h>

struct point {
  int x, y;
};

yields_of(struct point) resumes_with(struct point *) void points(int n) {
  struct point p = {n, n}, *got;
  coro_yield((struct point){n, 2});
  coro_yield(p, p); // expected-error {{coro_yield hands out one value, and this comma separates two; put parentheses round both if it is meant as an operator [coro-effect]}}
  coro_yield((n++, p));
  coro_yield_receive((struct point){n, 2}, &got);
  coro_yield_receive(n ? p : *got, n ? &got : 0);
  coro_yield_receive((n++, p), (n++, &got));
  coro_yield_receive(p, p, &got); // expected-error {{coro_yield_receive takes a value to hand out and the address for the answer; put parentheses round a comma that is meant as an operator [coro-effect]}}
  coro_yield_receive(p);          // expected-error {{indirection requires pointer operand ('struct point' invalid)}}
  coro_yield_receive(p, n);       // expected-error {{indirection requires pointer operand ('int' invalid)}}
  coro_yield_receive(n, &got);    // expected-error {{assigning to 'struct point' from incompatible type 'int'}}
}
yields_of(int *) resumes_with(int) void pointers(int *p) {
  coro_yield_receive(p); // expected-error {{coro_yield_receive takes a value to hand out and the address for the answer}}
}
int sends(coro_task(points) *t, struct point *p, struct point *q) {
  coro_send(t, &(struct point){1, 2});
  coro_send(t, (p, q));
  return coro_send(t, p, q); // expected-error {{coro_send sends one value, and this comma separates two}}
}
