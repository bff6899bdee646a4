// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// An address in the frame, a widened integer, a value one step from another
// that is kept, what a constant table holds: none has a slot. What other memory
// held is stored.
#include <coro/coro.h>

void use(void *);

yields long derived(int n, long *p) {
  int numbers[4];
  int *third = &numbers[2];
  long wide = n;
  int more = n + 5;
  use(numbers);
  coro_suspend();
  use(third);
  return wide + more + n + p[0];
}

static const long table[] = {3, 1, 4, 1, 5, 9, 2, 6};
static long changing[] = {3, 1, 4, 1, 5, 9, 2, 6};
yields long constant(unsigned i) {
  long now = table[i];
  coro_suspend();
  return now + i;
}
yields long variable(unsigned i) {
  long now = changing[i]++;
  coro_suspend();
  return now + i;
}

yields long loaded(long *p) {
  long now = *p;
  coro_suspend();
  return now + *p;
}

// O0:frame of derived: 56 bytes, align 8, 1 suspensions, at most 49 alive
// O0-NEXT:  4+4 variable n.addr at 0
// O0-NEXT:  8+8 variable p.addr at 0
// O0-NEXT:  32+16 variable numbers at 0
// O0-NEXT:  16+8 variable third at 0
// O0-NEXT:  24+8 variable wide at 0
// O0-NEXT:  48+4 variable more at 0
// O0-NEXT:frame of constant: 16 bytes, align 8, 1 suspensions, at most 13 alive
// O0-NEXT:  4+4 variable i.addr at 0
// O0-NEXT:  8+8 variable now at 0
// O0-NEXT:frame of variable: 16 bytes, align 8, 1 suspensions, at most 13 alive
// O0-NEXT:  4+4 variable i.addr at 0
// O0-NEXT:  8+8 variable now at 0
// O0-NEXT:frame of loaded: 24 bytes, align 8, 1 suspensions, at most 17 alive
// O0-NEXT:  8+8 variable p.addr at 0
// O0-NEXT:  16+8 variable now at 0

// O2:frame of derived: 32 bytes, align 8, 1 suspensions, at most 29 alive
// O2-NEXT:  4+4 argument n at 0
// O2-NEXT:  8+8 argument p at 0
// O2-NEXT:  16+16 variable numbers at 0
// O2-NEXT:frame of constant: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  4+4 argument i at 0
// O2-NEXT:frame of variable: 16 bytes, align 8, 1 suspensions, at most 13 alive
// O2-NEXT:  4+4 argument i at 0
// O2-NEXT:  8+8 value - at 0
// O2-NEXT:frame of loaded: 24 bytes, align 8, 1 suspensions, at most 17 alive
// O2-NEXT:  8+8 argument p at 0
// O2-NEXT:  16+8 value - at 0
