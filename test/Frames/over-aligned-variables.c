// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// A variable that asks for more alignment gets it, and the frame with it.
#include <coro/coro.h>

void use(void *);

yields int aligned(char c) {
  _Alignas(64) char line[64];
  use(line);
  coro_suspend();
  use(line);
  return c;
}

yields int holds(char c) { return aligned(c) + c; }

// O0:frame of aligned: 128 bytes, align 64, 1 suspensions, at most 66 alive
// O0-NEXT:  1+1 variable c.addr at 0
// O0-NEXT:  64+64 variable line at 0
// O0-NEXT:frame of holds: 192 bytes, align 64, 1 suspensions, at most 68 alive
// O0-NEXT:  64+128 frame of aligned at 0
// O0-NEXT:  1+1 variable c.addr at 0

// O2:frame of aligned: 128 bytes, align 64, 1 suspensions, at most 66 alive
// O2-NEXT:  1+1 argument c at 0
// O2-NEXT:  64+64 variable line at 0
// O2-NEXT:frame of holds: 128 bytes, align 64, 1 suspensions, at most 66 alive
// O2-NEXT:  1+1 argument c at 0
// O2-NEXT:  64+64 variable line.i at 0
