// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// A variable whose address may be known elsewhere is in the frame, once.
#include <coro/coro.h>

int *kept;
void use(void *);

yields int escaped(int n) {
  int seen = n, also = n;
  kept = &seen;
  coro_suspend();
  kept = &also;
  coro_suspend();
  return seen + also;
}

yields int choice(int n) {
  int a = 1, b = 2;
  int *p = n ? &a : &b;
  coro_suspend();
  *p += n;
  return a + b;
}

// O0:frame of escaped: 12 bytes, align 4, 2 suspensions, at most 9 alive
// O0-NEXT:  4+4 variable seen at 0 1
// O0-NEXT:  8+4 variable also at 0 1
// O0-NEXT:frame of choice: 24 bytes, align 8, 1 suspensions, at most 21 alive
// O0-NEXT:  4+4 variable n.addr at 0
// O0-NEXT:  16+4 variable a at 0
// O0-NEXT:  20+4 variable b at 0
// O0-NEXT:  8+8 variable p at 0

// O2:frame of escaped: 12 bytes, align 4, 2 suspensions, at most 9 alive
// O2-NEXT:  4+4 variable seen at 0 1
// O2-NEXT:  8+4 variable also at 0 1
// O2-NEXT:frame of choice: 24 bytes, align 8, 1 suspensions, at most 21 alive
// O2-NEXT:  4+4 argument n at 0
// O2-NEXT:  8+8 value cond at 0
// O2-NEXT:  16+4 variable a at 0
// O2-NEXT:  20+4 variable b at 0
