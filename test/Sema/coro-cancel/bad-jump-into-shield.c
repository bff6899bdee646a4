// RUN: %coro -fsyntax-only -Xclang -verify %s
// Nothing jumps into the block of a coro_shield: where it begins would be
// skipped.
#include <coro/coro.h>

void use(int);

yields void into(int n) {
  if (n)
    goto inside; // expected-error {{this goto jumps into the block of a coro_shield in 'into', past its begin [coro-cancel]}}
  coro_shield {  // expected-note {{the coro_shield begins here}}
  inside:
    coro_yield_now();
  }
}

yields void cases(int n) {
  switch (n) {
  case 1:
    coro_shield { // expected-note {{the coro_shield begins here}}
      coro_yield_now();
    case 2: // expected-error {{this label of a switch around it jumps into the block of a coro_shield in 'cases', past its begin}}
      use(n);
    }
  }
}

yields void computed(int n) {
  void *to = n ? &&inside : &&outside;
  coro_shield { // expected-note {{the coro_shield begins here}}
  inside:
    coro_yield_now();
  }
outside:
  if (n < 3)
    goto *to; // expected-error {{this jump may go to 'inside' across the bounds of a coro_shield, and which one it takes is known only when it runs; use goto with a name [coro-cancel]}}
}

// Out of it, and inside of it, is fine.
yields int fine(int n) {
  coro_shield {
    if (n)
      goto out;
  again:
    coro_yield_now();
    if (++n < 3)
      goto again;
    switch (n) {
    case 1:
      use(n);
    }
    return n;
  }
out:
  return 0;
}

// What a shielded statement returns is what the function returns.
yields int shielded(int n) { coro_shield return n; }
