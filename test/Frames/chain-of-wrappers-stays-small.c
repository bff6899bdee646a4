// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// Seventeen wrappers that pass their argument on hold what the innermost does.
#include <coro/coro.h>

yields long w0(long n) {
  coro_suspend();
  return n;
}
#define WRAP(outer, inner)                                                     \
  yields long outer(long n) { return inner(n); }
WRAP(w1, w0)
WRAP(w2, w1)
WRAP(w3, w2)
WRAP(w4, w3)
WRAP(w5, w4)
WRAP(w6, w5)
WRAP(w7, w6)
WRAP(w8, w7)
WRAP(w9, w8)
WRAP(w10, w9)
WRAP(w11, w10)
WRAP(w12, w11)
WRAP(w13, w12)
WRAP(w14, w13)
WRAP(w15, w14)
WRAP(w16, w15)
WRAP(w17, w16)

// O0:frame of w0: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O0-NEXT:  8+8 variable n.addr at 0
// O0-NEXT:frame of w1: 24 bytes, align 8, 1 suspensions, at most 10 alive
// O0-NEXT:  8+16 frame of w0 at 0
// O0-NEXT:frame of w2: 32 bytes, align 8, 1 suspensions, at most 11 alive
// O0-NEXT:  8+24 frame of w1 at 0
// O0-NEXT:frame of w3: 40 bytes, align 8, 1 suspensions, at most 12 alive
// O0-NEXT:  8+32 frame of w2 at 0
// O0-NEXT:frame of w4: 48 bytes, align 8, 1 suspensions, at most 13 alive
// O0-NEXT:  8+40 frame of w3 at 0
// O0-NEXT:frame of w5: 56 bytes, align 8, 1 suspensions, at most 14 alive
// O0-NEXT:  8+48 frame of w4 at 0
// O0-NEXT:frame of w6: 64 bytes, align 8, 1 suspensions, at most 15 alive
// O0-NEXT:  8+56 frame of w5 at 0
// O0-NEXT:frame of w7: 72 bytes, align 8, 1 suspensions, at most 16 alive
// O0-NEXT:  8+64 frame of w6 at 0
// O0-NEXT:frame of w8: 80 bytes, align 8, 1 suspensions, at most 17 alive
// O0-NEXT:  8+72 frame of w7 at 0
// O0-NEXT:frame of w9: 88 bytes, align 8, 1 suspensions, at most 18 alive
// O0-NEXT:  8+80 frame of w8 at 0
// O0-NEXT:frame of w10: 96 bytes, align 8, 1 suspensions, at most 19 alive
// O0-NEXT:  8+88 frame of w9 at 0
// O0-NEXT:frame of w11: 104 bytes, align 8, 1 suspensions, at most 20 alive
// O0-NEXT:  8+96 frame of w10 at 0
// O0-NEXT:frame of w12: 112 bytes, align 8, 1 suspensions, at most 21 alive
// O0-NEXT:  8+104 frame of w11 at 0
// O0-NEXT:frame of w13: 120 bytes, align 8, 1 suspensions, at most 22 alive
// O0-NEXT:  8+112 frame of w12 at 0
// O0-NEXT:frame of w14: 128 bytes, align 8, 1 suspensions, at most 23 alive
// O0-NEXT:  8+120 frame of w13 at 0
// O0-NEXT:frame of w15: 136 bytes, align 8, 1 suspensions, at most 24 alive
// O0-NEXT:  8+128 frame of w14 at 0
// O0-NEXT:frame of w16: 144 bytes, align 8, 1 suspensions, at most 25 alive
// O0-NEXT:  8+136 frame of w15 at 0
// O0-NEXT:frame of w17: 152 bytes, align 8, 1 suspensions, at most 26 alive
// O0-NEXT:  8+144 frame of w16 at 0

// O2:frame of w0: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w1: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w2: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w3: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w4: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w5: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w6: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w7: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w8: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w9: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w10: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w11: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w12: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w13: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w14: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w15: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w16: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
// O2-NEXT:frame of w17: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
