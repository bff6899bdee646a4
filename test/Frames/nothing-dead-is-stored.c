// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// What is dead at every suspension takes no bytes: a buffer whose scope ended,
// one that is written again before it is read, a value that is not used again.
#include <coro/coro.h>
#include <string.h>

void use(void *);
int get(void);

yields int ended(int n) {
  {
    char buffer[1024];
    use(buffer);
    n += buffer[n];
  }
  coro_suspend();
  return n;
}

yields int written_again(int n) {
  int sum = 0;
  for (int i = 0; i < n; i++) {
    char buffer[512];
    memset(buffer, i, sizeof buffer);
    sum += buffer[n];
    coro_suspend();
  }
  return sum;
}

yields int not_used_again(int a, int b) {
  int c = a * b;
  use(&c);
  a = get();
  coro_suspend();
  return a;
}

// O0:frame of ended: 1032 bytes, align 4, 1 suspensions, at most 1029 alive
// O0-NEXT:  4+4 variable n.addr at 0
// O0-NEXT:  8+1024 variable buffer at 0
// O0-NEXT:frame of written_again: 528 bytes, align 4, 1 suspensions, at most 525 alive
// O0-NEXT:  4+4 variable n.addr at 0
// O0-NEXT:  8+4 variable sum at 0
// O0-NEXT:  12+4 variable i at 0
// O0-NEXT:  16+512 variable buffer at 0
// O0-NEXT:frame of not_used_again: 12 bytes, align 4, 1 suspensions, at most 9 alive
// O0-NEXT:  4+4 variable a.addr at 0
// O0-NEXT:  8+4 variable c at 0

// O2:frame of ended: 8 bytes, align 4, 1 suspensions, at most 5 alive
// O2-NEXT:  4+4 value add at 0
// O2-NEXT:frame of written_again: 16 bytes, align 4, 1 suspensions, at most 13 alive
// O2-NEXT:  4+4 argument n at 0
// O2-NEXT:  8+4 value i.0 at 0
// O2-NEXT:  12+4 value add at 0
// O2-NEXT:frame of not_used_again: 12 bytes, align 4, 1 suspensions, at most 9 alive
// O2-NEXT:  4+4 value call at 0
// O2-NEXT:  8+4 variable c at 0
