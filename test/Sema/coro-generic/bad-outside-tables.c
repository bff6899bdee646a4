// RUN: %coro -fsyntax-only -Xclang -verify %s
// Tables that others can see or change say what they hold.
#include <coro/coro.h>

struct ops {
  int (*next)(int); // expected-note 2 {{'next' is declared here}}
};
static yields int slow(int n) {
  coro_suspend();
  return n;
}
yields_as(ops->next) int drain(const struct ops *ops);
// expected-error@+1 {{'slow' yields, and 'next' does not say so}}
const struct ops external = {slow};
// expected-error@+1 {{'slow' yields, and 'next' does not say so}}
static struct ops variable = {slow};
int look(void) { return drain(&variable); }
