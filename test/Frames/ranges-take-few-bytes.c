// REQUIRES: x86_64
// RUN: %coro -O0 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O0 %s
// RUN: %coro -O2 -fplugin-arg-coro-print-frames -fno-discard-value-names -c %s -o %t.o 2>&1 | %filecheck --strict-whitespace --match-full-lines --check-prefix=O2 %s
// A number of which the range is known takes the bytes of that range, and is
// what it was behind the suspension.
#include <coro/coro.h>
#include <stdbool.h>
#include <stdint.h>

long use(long);

yields long widened(int *p, uint16_t *q) {
  long a = *p;
  unsigned long b = *q;
  coro_suspend();
  return use(a) + use((long)b);
}

yields long counted(void) {
  long sum = 0;
  for (long i = 0; i < 100; i++) {
    sum ^= use(i);
    coro_suspend();
  }
  return sum;
}

yields long masked(long n) {
  long low = n & 0xfff;
  coro_suspend();
  return use(low);
}

yields long guarded(unsigned long n) {
  if (n >= 200)
    return 0;
  coro_suspend();
  return use((long)n);
}

yields long negative(long n) {
  if (n < -100 || n > 100)
    return 0;
  coro_suspend();
  return use(n);
}

yields bool flags(long n) {
  bool odd = n & 1, large = n > 1000;
  coro_suspend();
  return odd ^ large;
}

// What a value is where it is computed counts in a loop too.
yields long turned(unsigned long n) {
  unsigned long low = n % 10;
  while (use((long)low))
    coro_suspend();
  return use((long)low + 1);
}

yields long unknown(long n) {
  coro_suspend();
  return use(n);
}

// O0:frame of widened: 24 bytes, align 8, 1 suspensions, at most 17 alive
// O0-NEXT:  8+8 variable a at 0
// O0-NEXT:  16+8 variable b at 0
// O0-NEXT:frame of counted: 24 bytes, align 8, 1 suspensions, at most 17 alive
// O0-NEXT:  8+8 variable sum at 0
// O0-NEXT:  16+8 variable i at 0
// O0-NEXT:frame of masked: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O0-NEXT:  8+8 variable low at 0
// O0-NEXT:frame of guarded: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O0-NEXT:  8+8 variable n.addr at 0
// O0-NEXT:frame of negative: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O0-NEXT:  8+8 variable n.addr at 0
// O0-NEXT:frame of flags: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O0-NEXT:  1+1 variable odd at 0
// O0-NEXT:  2+1 variable large at 0
// O0-NEXT:frame of turned: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O0-NEXT:  8+8 variable low at 0
// O0-NEXT:frame of unknown: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O0-NEXT:  8+8 variable n.addr at 0

// O2:frame of widened: 24 bytes, align 8, 1 suspensions, at most 17 alive
// O2-NEXT:  4+4 value conv at 0
// O2-NEXT:  2+2 value conv1 at 0
// O2-NEXT:frame of counted: 16 bytes, align 8, 1 suspensions, at most 10 alive
// O2-NEXT:  1+1 value i.0{{[0-9]*}} at 0
// O2-NEXT:  8+8 value xor at 0
// O2-NEXT:frame of masked: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  2+2 value and at 0
// O2-NEXT:frame of guarded: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  1+1 argument n at 0
// O2-NEXT:frame of negative: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  1+1 argument n at 0
// O2-NEXT:frame of flags: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  1+1 value storedv at 0
// O2-NEXT:  2+1 value storedv1 at 0
// O2-NEXT:frame of turned: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  1+1 value rem at 0
// O2-NEXT:frame of unknown: 16 bytes, align 8, 1 suspensions, at most 9 alive
// O2-NEXT:  8+8 argument n at 0
