// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// Frames of callees that are not flattened: one after the other they share
// bytes; what the caller keeps lies beside them. With optimisation, so does the
// state, and lies where the callee has its own.
#include <coro/coro.h>

void use(void *);

__attribute__((noinline)) yields int big(int n) {
  char buffer[200];
  use(buffer);
  coro_suspend();
  use(buffer);
  return n;
}
__attribute__((noinline)) yields int small(int n) {
  coro_suspend();
  return n + 1;
}

yields int one_after_the_other(int n) {
  int sum = big(n);
  sum += small(n);
  sum += big(sum);
  return sum;
}

yields int wrapper(int n) { return big(n); }

// O0:frame of big: 208 bytes, align 4, 1 suspensions, at most 205 alive
// O0-NEXT:  4+4 variable n.addr at 0
// O0-NEXT:  8+200 variable buffer at 0
// O0-NEXT:frame of small: 8 bytes, align 4, 1 suspensions, at most 5 alive
// O0-NEXT:  4+4 variable n.addr at 0
// O0-NEXT:frame of one_after_the_other: 216 bytes, align 4, 3 suspensions, at most 210 alive
// O0-NEXT:  8+208 frame of big at 0
// O0-NEXT:  4+8 frame of small at 1
// O0-NEXT:  4+208 frame of big at 2
// O0-NEXT:  4+4 variable n.addr at 0
// O0-NEXT:  212+4 variable sum at 1 2
// O0-NEXT:frame of wrapper: 212 bytes, align 4, 1 suspensions, at most 206 alive
// O0-NEXT:  4+208 frame of big at 0

// O2:frame of big: 208 bytes, align 4, 1 suspensions, at most 205 alive
// O2-NEXT:  4+4 argument n at 0
// O2-NEXT:  8+200 variable buffer at 0
// O2-NEXT:frame of small: 8 bytes, align 4, 1 suspensions, at most 5 alive
// O2-NEXT:  4+4 argument n at 0
// O2-NEXT:frame of one_after_the_other: 212 bytes, align 4, 3 suspensions, at most 209 alive
// O2-NEXT:  208+4 argument n at 0
// O2-NEXT:  8+4 value - at 1
// O2-NEXT:  208+4 value add at 2
// O2-NEXT:  0+208 frame of big at 0
// O2-NEXT:  0+8 frame of small at 1
// O2-NEXT:  0+208 frame of big at 2
// O2-NEXT:frame of wrapper: 208 bytes, align 4, 1 suspensions, at most 205 alive
// O2-NEXT:  0+208 frame of big at 0
