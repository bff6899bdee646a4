// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// An address inside of a variable of the function is kept as the distance from
// its start, in the bytes that the variable's size needs; one inside of a
// global in four. One that may be of two variables, or null, is an address.
#include <coro/coro.h>
#include <stddef.h>

char get(void);
int use(void *);

yields int words(void) {
  char line[80], *p = line;
  while ((*p++ = get()) != '\n')
    coro_suspend();
  return use(line);
}

yields int longer(void) {
  char line[200], *p = line;
  while ((*p++ = get()) != '\n')
    coro_suspend();
  return use(line);
}

yields int literal(void) {
  int sum = 0;
  for (const char *p = "some text"; *p; p++) {
    sum ^= *p;
    coro_suspend();
  }
  return sum;
}

yields int of_two(int which) {
  char a[20], b[20];
  char *p = which ? a : b;
  use(a), use(b);
  coro_suspend();
  return use(p);
}

yields int maybe_null(int n) {
  char a[20], *p = NULL;
  if (n)
    p = a + n;
  use(a);
  coro_suspend();
  return use(p);
}

yields int given(char *p) {
  p += get();
  coro_suspend();
  return use(p);
}

// O0:frame of words: 96 bytes, align 8, 1 suspensions, at most 89 alive
// O0-NEXT:  16+80 variable line at 0
// O0-NEXT:  8+8 variable p at 0
// O0-NEXT:frame of longer: 216 bytes, align 8, 1 suspensions, at most 209 alive
// O0-NEXT:  16+200 variable line at 0
// O0-NEXT:  8+8 variable p at 0
// O0-NEXT:frame of literal: 16 bytes, align 8, 1 suspensions, at most 13 alive
// O0-NEXT:  4+4 variable sum at 0
// O0-NEXT:  8+8 variable p at 0
// O0-NEXT:frame of of_two: 56 bytes, align 8, 1 suspensions, at most 49 alive
// O0-NEXT:  1+20 variable a at 0
// O0-NEXT:  32+20 variable b at 0
// O0-NEXT:  24+8 variable p at 0
// O0-NEXT:frame of maybe_null: 32 bytes, align 8, 1 suspensions, at most 29 alive
// O0-NEXT:  1+20 variable a at 0
// O0-NEXT:  24+8 variable p at 0
// O0-NEXT:frame of given: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O0-NEXT:  8+8 variable p.addr at 0

// O2:frame of words: 84 bytes, align 4, 1 suspensions, at most 82 alive
// O2-NEXT:  81+1 value incdec.ptr at 0
// O2-NEXT:  1+80 variable line at 0
// O2-NEXT:frame of longer: 204 bytes, align 4, 1 suspensions, at most 203 alive
// O2-NEXT:  2+2 value incdec.ptr at 0
// O2-NEXT:  4+200 variable line at 0
// O2-NEXT:frame of literal: 12 bytes, align 4, 1 suspensions, at most 9 alive
// O2-NEXT:  4+4 value p.0 at 0
// O2-NEXT:  8+4 value xor at 0
// O2-NEXT:frame of of_two: 52 bytes, align 4, 1 suspensions, at most 49 alive
// O2-NEXT:  4+8 value cond at 0
// O2-NEXT:  12+20 variable a at 0
// O2-NEXT:  32+20 variable b at 0
// O2-NEXT:frame of maybe_null: 32 bytes, align 8, 1 suspensions, at most 29 alive
// O2-NEXT:  24+8 value p.0 at 0
// O2-NEXT:  1+20 variable a at 0
// O2-NEXT:frame of given: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  4+8 value add.ptr at 0
