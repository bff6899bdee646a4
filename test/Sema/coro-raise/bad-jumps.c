// RUN: %coro -fsyntax-only -Xclang -verify %s
// Nothing jumps into the block of a coro_try, or across its bounds to where only
// the run knows; and what leaves a loop needs one.
#include <coro/coro.h>

raises(int) int parse(const char *text);

int into(int n) {
  if (n)
    goto inside; // expected-error {{this goto jumps into the block of a coro_try in 'into', past its begin [coro-raise]}}
  coro_try {     // expected-note {{the coro_try begins here}}
    n = parse("");
  inside:
    n++;
    goto inside;
  }
  coro_catch(int, e) {
    return e;
  }
  return n;
}

int cases(int n) {
  switch (n) {
  case 1:
    coro_try { // expected-note {{the coro_try begins here}}
      parse("");
    case 2: // expected-error {{this label of a switch around it jumps into the block of a coro_try in 'cases', past its begin}}
      switch (n) {
      case 3:
        n++;
      }
    }
    coro_catch(int, e) {
      n = e;
    }
  }
  return n;
}

int computed(int n) {
  void *to = n ? &&out : &&in;
  coro_try { // expected-note {{the coro_try begins here}}
    n = parse("");
    goto *to; // expected-error {{this jump may go to 'out' across the bounds of a coro_try, and which one it takes is known only when it runs; use goto with a name [coro-raise]}}
  in:
    n++;
  }
  coro_catch(int, e) {
    return e;
  }
out:
  return n;
}

int loops(int n) {
  coro_try {
    n = parse("");
  }
  coro_catch(int, e) {
    if (e)
      break;  // expected-error {{'break' stands in a coro_catch or a _Defer, and no loop in it or around it is left by that [coro-raise]}}
    continue; // expected-error {{'continue' stands in a coro_catch}}
  }
  switch (n) {
  case 1:
    coro_try {
      n = parse("");
    }
    coro_catch(int, e) {
      if (e)
        break;
      continue; // expected-error {{'continue' stands in a coro_catch}}
    }
  }
  return n;
}

int without(void) {
  int n = 0;
  coro_try // expected-error {{this coro_try has no coro_catch: add 'coro_catch (E, e) { ... }' behind its block [coro-raise]}}
      n = parse("");
  return n;
}
