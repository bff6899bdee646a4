// RUN: %coro -fsyntax-only -Xclang -verify %s
// A condition is known while the file is compiled.
#include <coro/coro.h>

enum { ASYNC = 1 };
extern int variable;
yields_if(variable) void a(void);      // expected-error {{'yields_if' takes an integer constant expression as its condition; use a macro, an enumerator, or coro_config(name) [coro-attribute]}}
raises_if(int, variable) void b(void); // expected-error {{'raises_if' takes an integer constant expression as its condition}}
yields_if(1.5) void c(void);           // expected-error {{'yields_if' takes an integer constant expression}}
yields_if(ASYNC) void d(void);
yields_if(sizeof(long) > 100) int e(void);
int plain(void) { return e(); }
