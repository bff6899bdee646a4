// RUN: %coro -fsyntax-only -Xclang -verify %s
// What is handed over is a value of a known size.
#include <coro/coro.h>

struct unknown;
yields_of(void) void a(void);                    // expected-error {{'yields_of' takes a type whose values can be handed over: 'void' has no values [coro-attribute]}}
yields_of(int[3]) void b(void);                  // expected-error {{'yields_of' takes a type whose values can be handed over: an array cannot be assigned; put it into a struct}}
yields_of(int(int)) void c(void);                // expected-error {{'int (int)' has no values}}
yields_of(struct unknown) void d(void);          // expected-error {{'struct unknown' is not complete here}}
raises(void) void e(void);                       // expected-error {{'raises' takes a type whose values can be handed over}}
yields_of(int) resumes_with(void) void f(void);  // expected-error {{'resumes_with' takes a type whose values can be handed over}}
__attribute__((coro_yields_of(3))) void g(void); // expected-error {{'yields_of' takes a type whose values can be handed over: this is no type}}

resumes_with(int) void h(void);        // expected-error {{'h' is resumed with a value and hands none out: 'resumes_with' belongs beside 'yields_of' [coro-attribute]}}
yields resumes_with(int) void i(void); // expected-error {{'i' is resumed with a value and hands none out}}

struct list {
  struct list *next;
  yields_of(struct list *) void (*each)(struct list *) coro_frame(64);
};
yields_of(struct list) void j(void);
yields_of(const int) resumes_with(volatile long) void k(void);
