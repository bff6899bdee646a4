// RUN: %coro -fsyntax-only -Xclang -verify %s
// A redeclaration may be silent; it may not say anything else.
#include <coro/coro.h>

yields_of(int) void count(void);  // expected-note {{'count' is declared here}}
yields_of(long) void count(void); // expected-error {{this declaration of 'count' says 'yields_of(long)', and an earlier one 'yields_of(int)' [coro-effect]}}

yields_of(int) void more(void); // expected-note {{'more' is declared here}}
yields void more(void);         // expected-error {{this redeclaration of 'more' adds 'yields', and calls to it may already have been compiled; say it on the first declaration [coro-effect]}}

raises(int) int parse(void);  // expected-note {{'parse' is declared here}}
raises(long) int parse(void); // expected-error {{this declaration of 'parse' says 'raises(long)', and an earlier one 'raises(int)'}}

yields_of(int) resumes_with(int) void ask(void);
yields_of(int) void ask(void);
void ask(void);
typedef int number;
yields_of(number) resumes_with(number) void ask(void);

void map(yields int (*f)(int) coro_frame(64));           // expected-note {{'f' is declared here}}
void map(int (*f)(int));                                 // expected-error {{this declaration of 'map' has its parameter 'f' without effects, and an earlier one with 'yields'; calls of 'map' go by the one they see; declare both alike [coro-effect]}}
void each(yields_of(int) void (*f)(int) coro_frame(64)); // expected-note {{'f' is declared here}}
void each(yields_of(long) void (*)(int) coro_frame(64)); // expected-error {{has its parameter 'f' with 'yields_of(long)', and an earlier one with 'yields_of(int)'}}
void same(yields int (*f)(int) coro_frame(64));
void same(yields int (*g)(int) coro_frame(64));
