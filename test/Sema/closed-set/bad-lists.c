// RUN: %coro -std=c17 -pedantic -fsyntax-only -Xclang -verify %s
// What CORO_EXECUTOR lists: 1 to 16 functions that yield, each once.
#include <coro/coro.h>

static yields void a(void) {}
static yields void b(void) {}
static int plain(void) { return 1; } // expected-note {{'plain' does not yield, so it has no task type; declare it with 'yields'}}
static yields void late(void);       // expected-note {{forward declaration}}

CORO_EXECUTOR(good, a, b);
CORO_EXECUTOR(none); // expected-error {{CORO_EXECUTOR(none, f, ...) lists no function: it takes 1 to 16}}
// expected-error@+1 {{CORO_EXECUTOR(many, f, ...) lists too many functions: it takes 1 to 16}}
CORO_EXECUTOR(many, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a);
// expected-error@+4 {{CORO_EXECUTOR lists a twice}}
// expected-note@+3 {{expression evaluates to}}
// expected-error@+2 2 {{duplicate member 'a'}}
// expected-note@+1 2 {{previous declaration is here}}
CORO_EXECUTOR(twice, a, b, a);
// expected-error@+2 {{field has incomplete type 'struct coro_task_plain'}}
// expected-note@+1 {{forward declaration}}
CORO_EXECUTOR(other, a, plain);
// expected-error@+2 {{field has incomplete type 'struct coro_task_late'}}
// expected-note@+1 {{is known behind the definition of 'late'}}
CORO_EXECUTOR(early, late);
static yields void late(void) {}
