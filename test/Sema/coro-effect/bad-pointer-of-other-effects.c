// RUN: %coro -fsyntax-only -Xclang -verify %s
// A pointer takes functions of the effects it is declared with. One that may
// wait takes generators that never do as well.
#include <coro/coro.h>

yields int waits(int n);                          // expected-note 3 {{'waits' is declared here}}
yields_of(int) int ints(int n);                   // expected-note 2 {{'ints' is declared here}}
yields_of(long) int longs(int n);                 // expected-note {{'longs' is declared here}}
yields yields_of(int) int slow(int n);            // expected-note 2 {{'slow' is declared here}}
yields_of(int) resumes_with(int) int asks(int n); // expected-note {{'asks' is declared here}}
raises(int) int parse(int n);                     // expected-note 2 {{'parse' is declared here}}
int plain(int n);                                 // expected-note {{'plain' is declared here}}

typedef yields_of(int) int (*of_ints)(int) coro_frame(64);

yields int (*p1)(int) coro_frame(64) = ints;                           // expected-error {{'ints' is declared with 'yields_of(int)' and 'p1' with 'yields', so a call through it would lose its values; declare both alike [coro-effect]}} expected-note {{'p1' is declared here}}
of_ints p2 = longs;                                                    // expected-error {{'longs' is declared with 'yields_of(long)' and 'p2' with 'yields_of(int)', so a call through it would take its values for ones of another type}} expected-note {{'p2' is declared here}}
of_ints p3 = slow;                                                     // expected-error {{so a call through it would not wait for it}} expected-note {{'p3' is declared here}}
of_ints p4 = asks;                                                     // expected-error {{so a call through it would not resume it with what it needs}} expected-note {{'p4' is declared here}}
yields_of(int) resumes_with(int) int (*p5)(int) coro_frame(64) = ints; // expected-error {{so a call through it would resume it with what it has no place for}} expected-note {{'p5' is declared here}}
of_ints p6 = waits;                                                    // expected-error {{so a call through it would take values that it does not hand out}} expected-note {{'p6' is declared here}}
int (*p7)(int) = parse;                                                // expected-error {{'parse' is declared with 'raises(int)' and 'p7' without effects, so a call through it would miss what it raises}} expected-note {{'p7' is declared here}}
raises(int) int (*p8)(int) = plain;                                    // expected-error {{'plain' is declared without effects and 'p8' with 'raises(int)', so a call through it would look for errors that it does not raise}} expected-note {{'p8' is declared here}}
int (*p9)(int) = ints;                                                 // expected-error {{'ints' yields, and 'p9' does not say so, so a call through it would lose its values; declare it with 'yields_of(int)'}} expected-note {{'p9' is declared here}}

yields yields_of(int) int (*good1)(int) coro_frame(64) = ints; // expected-note {{'good1' is declared here}}
of_ints good2[2] = {ints, 0};
raises(int) int (*good3)(int) = parse;

struct table {
  of_ints next; // expected-note {{'next' is declared here}}
};
void take(of_ints f);
void (*indirect)(of_ints f); // expected-note {{'f' is declared here}}

of_ints choose(int n) {
  struct table t = {waits}; // expected-error {{would take values that it does not hand out}}
  take(n ? ints : good1);   // expected-error {{the other choice}}
  indirect(waits);          // expected-error {{'waits' is declared with 'yields' and 'f' with 'yields_of(int)'}}
  of_ints *cast = &(of_ints){ints};
  (void)t;
  (void)cast;
  if (n)
    return (of_ints)ints;
  return parse; // expected-error {{'parse' is declared with 'raises(int)' and the result of 'choose' with 'yields_of(int)'}}
}

yields_of(int) void started(of_ints f) coro_frame(64); // expected-note 2 {{'f' is declared here}}
void starts(coro_task(started) *t) {
  coro_start(t, started, ints);
  coro_start(t, started, slow);   // expected-error {{'slow' is declared with 'yields yields_of(int)' and 'f' with 'yields_of(int)', so a call through it would not wait for it}}
  coro_for(int x, started, plain) // expected-error {{'plain' does not yield, and 'f' is for functions that do}}
      (void) x;
}
