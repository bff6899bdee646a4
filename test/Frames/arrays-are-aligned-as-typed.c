// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// A local array is aligned as its type is, not as clang aligns arrays on a
// stack; what the program aligned stays so.
#include <coro/coro.h>

void fill(void *);

yields void text(void) {
  char line[20];
  fill(line);
  coro_suspend();
  fill(line);
}

yields void numbers(void) {
  char tag[3];
  int list[4];
  fill(tag), fill(list);
  coro_suspend();
  fill(tag), fill(list);
}

yields void aligned_by_hand(void) {
  _Alignas(16) char line[20];
  char other[17] __attribute__((aligned(8)));
  fill(line), fill(other);
  coro_suspend();
  fill(line), fill(other);
}

typedef char block[32] __attribute__((aligned(32)));
yields void aligned_by_type(void) {
  block b;
  fill(b);
  coro_suspend();
  fill(b);
}

yields void around(void) {
  text();
  coro_suspend();
}

// O0:frame of text: 21 bytes, align 1, 1 suspensions, at most 21 alive
// O0-NEXT:  1+20 variable line at 0
// O0-NEXT:frame of numbers: 20 bytes, align 4, 1 suspensions, at most 20 alive
// O0-NEXT:  1+3 variable tag at 0
// O0-NEXT:  4+16 variable list at 0
// O0-NEXT:frame of aligned_by_hand: 64 bytes, align 16, 1 suspensions, at most 38 alive
// O0-NEXT:  32+20 variable line at 0
// O0-NEXT:  8+17 variable other at 0
// O0-NEXT:frame of aligned_by_type: 64 bytes, align 32, 1 suspensions, at most 33 alive
// O0-NEXT:  32+32 variable b at 0
// O0-NEXT:frame of around: 22 bytes, align 1, 2 suspensions, at most 22 alive
// O0-NEXT:  1+21 frame of text at 0

// O2:frame of text: 21 bytes, align 1, 1 suspensions, at most 21 alive
// O2-NEXT:  1+20 variable line at 0
// O2-NEXT:frame of numbers: 20 bytes, align 4, 1 suspensions, at most 20 alive
// O2-NEXT:  1+3 variable tag at 0
// O2-NEXT:  4+16 variable list at 0
// O2-NEXT:frame of aligned_by_hand: 64 bytes, align 16, 1 suspensions, at most 38 alive
// O2-NEXT:  32+20 variable line at 0
// O2-NEXT:  8+17 variable other at 0
// O2-NEXT:frame of aligned_by_type: 64 bytes, align 32, 1 suspensions, at most 33 alive
// O2-NEXT:  32+32 variable b at 0
// O2-NEXT:frame of around: 21 bytes, align 1, 2 suspensions, at most 21 alive
// O2-NEXT:  1+20 variable line.i at 0
