// RUN: %coro -fsyntax-only -Xclang -verify %s
// A pointer says what is raised through it, exactly.
#include <coro/coro.h>

raises(int) int parse(const char *text); // expected-note 2 {{'parse' is declared here}}
int plain(const char *text);             // expected-note {{'plain' is declared here}}
typedef raises(int) int (*raising)(const char *);
typedef raises(long) int (*other)(const char *);
int (*silent)(const char *); // expected-note {{'silent' is declared here}}

raises(int) int user(raising given) { // expected-note {{'given' is declared here}}
  silent = parse;                     // expected-error {{'parse' is declared with 'raises(int)' and 'silent' without effects, so a call through it would miss what it raises; declare both alike [coro-effect]}}
  given = plain;                      // expected-error {{'plain' is declared without effects and 'given' with 'raises(int)', so a call through it would look for errors that it does not raise}}
  given = parse;
  other o = parse;          // expected-error {{'parse' is declared with 'raises(int)' and 'o' with 'raises(long)'}} expected-note 2 {{'o' is declared}}
  return given("") + o(""); // expected-error {{'user' calls 'o', which may raise 'long', and itself raises 'int'}}
}
int uncaught(raising given) { // expected-note {{'given' is declared with 'raises(int)' here}}
  return given("");           // expected-error {{'uncaught' calls 'given', which may raise 'int', and itself does not say so}}
}
