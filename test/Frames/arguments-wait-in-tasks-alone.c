// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// The arguments of a task wait close together, in any order. A call has them in
// registers: a frame in its caller's has no place for what it does not keep.
#include <coro/coro.h>

void fill(void *);

yields int mixed(char a, long b, char c, int d) {
  coro_suspend();
  return c;
}

// Too large to be fused.
yields int large(long a, long b, long c, long d, int kept) {
  char bytes[9];
  if (a + b + c + d == 0)
    return 0;
#define TEN(x) x x x x x x x x x x
  TEN(TEN(fill(bytes);))
  coro_suspend();
  fill(bytes);
  return kept;
}

yields int caller(void) { return large(1, 2, 3, 4, 5) + 1; }

// O0:frame of mixed: 16 bytes, align 8, 1 suspensions, at most 15 alive
// O0-NEXT:  1+1 variable c.addr at 0
// O0-NEXT:frame of large: 40 bytes, align 8, 1 suspensions, at most 37 alive
// O0-NEXT:  12+4 variable kept.addr at 0
// O0-NEXT:  1+9 variable bytes at 0
// O0-NEXT:frame of caller: 20 bytes, align 4, 1 suspensions, at most 15 alive
// O0-NEXT:  4+16 frame of large at 0

// O2:frame of mixed: 16 bytes, align 8, 1 suspensions, at most 15 alive
// O2-NEXT:  1+1 argument c at 0
// O2-NEXT:frame of large: 40 bytes, align 8, 1 suspensions, at most 37 alive
// O2-NEXT:  12+4 argument kept at 0
// O2-NEXT:  1+9 variable bytes at 0
// O2-NEXT:frame of caller: 16 bytes, align 4, 1 suspensions, at most 14 alive
// O2-NEXT:  0+16 frame of large at 0
