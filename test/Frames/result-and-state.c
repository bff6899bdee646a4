// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// The result's place comes from the signature alone; the state takes as few
// bytes as count the suspensions.
#include <coro/coro.h>

struct big {
  char bytes[72];
};

yields void nothing(void) { coro_suspend(); }
yields char one_byte(void) {
  coro_suspend();
  return 1;
}
yields double aligned(void) {
  coro_suspend();
  return 1;
}
yields struct big large(char c) {
  struct big b = {{c}};
  coro_suspend();
  return b;
}
yields _Complex long double widest(void) {
  coro_suspend();
  return 1;
}

#define TEN(x) x x x x x x x x x x
yields void two_byte_state(void) {
  TEN(TEN(coro_suspend(); coro_suspend(); coro_suspend();))
}

// O0:frame of nothing: 1 bytes, align 1, 1 suspensions, at most 1 alive
// O0-NEXT:frame of one_byte: 5 bytes, align 1, 1 suspensions, at most 2 alive
// O0-NEXT:frame of aligned: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O0-NEXT:frame of large: 76 bytes, align 1, 1 suspensions, at most 73 alive
// O0-NEXT:  4+72 result agg.result1 at 0
// O0-NEXT:frame of widest: 48 bytes, align 16, 1 suspensions, at most 33 alive
// O0-NEXT:frame of two_byte_state: 2 bytes, align 2, 300 suspensions, at most 2 alive

// O2:frame of nothing: 1 bytes, align 1, 1 suspensions, at most 1 alive
// O2-NEXT:frame of one_byte: 5 bytes, align 1, 1 suspensions, at most 2 alive
// O2-NEXT:frame of aligned: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:frame of large: 76 bytes, align 1, 1 suspensions, at most 73 alive
// O2-NEXT:  4+72 result agg.result1 at 0
// O2-NEXT:frame of widest: 48 bytes, align 16, 1 suspensions, at most 33 alive
// O2-NEXT:frame of two_byte_state: 2 bytes, align 2, 300 suspensions, at most 2 alive
