// RUN: %coro -fsyntax-only -Xclang -verify %s
// What coro_try_box and coro_new are given, and where they stand.
#include <coro/coro.h>

yields int f(int n) coro_frame(64); // expected-note 3 {{'f' is declared here}}
yields void nothing(void);          // expected-note {{'nothing' is declared here}}
int plain(int n);                   // expected-note {{'plain' is declared here}}
yields int variadic(int n, ...);
struct table {
  int (*plain)(int);          // expected-note {{'plain' is declared here}}
  yields char *(*text)(void); // expected-note {{'text' is declared here}} expected-note {{'text' is declared with 'yields' here}}
};

yields void types(struct table *t) {
  long l;
  unsigned u;
  int i, *p;
  char *s;
  coro_try_box(&l, f, 1);        // expected-error {{coro_try_box stores what 'f' returns, of type 'int', and is given the address of a 'long'; give it that of a 'int', or 0 to drop the result [coro-effect]}}
  coro_try_box(&u, f, 1);        // expected-error {{of type 'int', and is given the address of a 'unsigned int'}}
  coro_try_box(&p, f, 1);        // expected-error {{is given the address of a 'int *'}}
  coro_try_box(&i, nothing);     // expected-error {{'nothing' returns nothing that coro_try_box could store; give it 0 [coro-effect]}}
  coro_try_box(&l, t->text);     // expected-error {{stores what 'text' returns, of type 'char *'}}
  coro_try_box(&i, plain, 1);    // expected-error {{coro_try_box takes a function that yields, or a pointer to one, and 'plain' does not yield; call it as it is [coro-effect]}}
  coro_try_box(&i, t->plain, 1); // expected-error {{and 'plain' does not yield}}
  coro_try_box(&i, f, "one");    // expected-error {{incompatible pointer to integer conversion}}
  coro_try_box(&i, f);           // expected-error {{too few arguments to function call}}
  coro_try_box(&s, t->text);
}

_Bool in_a_plain_function(struct table *t) {
  char *s;
  return coro_try_box(&s, t->text); // expected-error {{'in_a_plain_function' does not yield and calls 'text', which does}}
}

void tasks(void) {
  (void)coro_new(&coro_allocator_default, plain, 1);    // expected-error {{coro_new takes the name of a function that yields}}
  (void)coro_new(&coro_allocator_default, variadic, 1); // expected-error {{'variadic' takes variable arguments}}
  (void)coro_new(&coro_allocator_default, f);           // expected-error {{too few arguments to function call}}
}
