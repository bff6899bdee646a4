// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// Holes in front of what is aligned are filled: no frame here has a byte more
// than what is alive and the rounding of its end.
#include <coro/coro.h>

int get(void *);

yields int head_first(int a, int b) {
  char head[6];
  get(head);
  coro_suspend();
  return a + b + get(head);
}

yields long pairs(short a, char b, long c, int d, char e) {
  coro_suspend();
  return a + b + c + d + e;
}

// O0:frame of head_first: 16 bytes, align 4, 1 suspensions, at most 15 alive
// O0-NEXT:  8+4 variable a.addr at 0
// O0-NEXT:  12+4 variable b.addr at 0
// O0-NEXT:  1+6 variable head at 0
// O0-NEXT:frame of pairs: 24 bytes, align 8, 1 suspensions, at most 17 alive
// O0-NEXT:  2+2 variable a.addr at 0
// O0-NEXT:  1+1 variable b.addr at 0
// O0-NEXT:  8+8 variable c.addr at 0
// O0-NEXT:  4+4 variable d.addr at 0
// O0-NEXT:  16+1 variable e.addr at 0

// O2:frame of head_first: 16 bytes, align 4, 1 suspensions, at most 15 alive
// O2-NEXT:  8+4 argument a at 0
// O2-NEXT:  12+4 argument b at 0
// O2-NEXT:  1+6 variable head at 0
// O2-NEXT:frame of pairs: 24 bytes, align 8, 1 suspensions, at most 17 alive
// O2-NEXT:  2+2 argument a at 0
// O2-NEXT:  1+1 argument b at 0
// O2-NEXT:  8+8 argument c at 0
// O2-NEXT:  4+4 argument d at 0
// O2-NEXT:  16+1 argument e at 0
