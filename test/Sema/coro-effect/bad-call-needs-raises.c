// RUN: %coro -fsyntax-only -Xclang -verify %s
// What a function may raise passes through its callers, so they say it too.
#include <coro/coro.h>

struct fault {
  int line;
};
raises(int) int parse(const char *text);                               // expected-note 2 {{'parse' is declared with 'raises(int)' here}}
yields raises(struct fault) int load(const char *path) coro_frame(64); // expected-note {{'load' is declared with 'yields raises(struct fault)' here}}

int plain(void) {
  return parse(""); // expected-error {{'plain' calls 'parse', which may raise 'int', and itself does not say so; declare 'plain' with 'raises(int)' [coro-effect]}}
}
raises(struct fault) int other(void) {
  return parse(""); // expected-error {{'other' calls 'parse', which may raise 'int', and itself raises 'struct fault' [coro-effect]}}
}
yields int waits(void) {
  return load(""); // expected-error {{'waits' calls 'load', which may raise 'struct fault', and itself does not say so}}
}
raises(int) int same(void) { return parse(""); }
yields raises(struct fault) int both(void) { return load(""); }
unsigned long size(void) { return sizeof(parse("")); }
